// Whatever a request says about who signed it: it is read without harm, canonical spellings are
// stable, and nothing that was not signed with the secret is ever proven.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "aws/sigv4/canonical.h"
#include "aws/sigv4/verifier.h"
#include "clock/time_text.h"

namespace {

using namespace everseal;
using namespace everseal::aws::sigv4;

// Every access key has a secret that no input knows.
class UnknownSecret final : public CredentialSource {
 public:
  Result<std::variant<Credential, Absence>> find(std::string_view,
                                                 std::optional<std::string_view>) const override {
    return std::variant<Credential, Absence>(Credential{.secret = secret_, .version = 1});
  }

 private:
  std::shared_ptr<const SecretBytes> secret_ =
      std::make_shared<const SecretBytes>(SecretBytes::copy_of("6b1d1f0e5a0c4b7f9e"));
};

std::string_view take_until(std::string_view& text, char end) {
  const auto at = text.find(end);
  const auto piece = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return piece;
}

// "METHOD target", then "name: value" lines, an empty line and the body.
everseal::http::Request read_request(std::string_view text) {
  everseal::http::Request request;
  auto line = take_until(text, '\n');
  request.head.method = take_until(line, ' ');
  request.head.target = line;
  for (line = take_until(text, '\n'); !line.empty(); line = take_until(text, '\n')) {
    const std::string name{take_until(line, ':')};
    request.head.headers.add(name, std::string(line));
  }
  request.body = text;
  return request;
}

void require(bool truth) {
  if (!truth) std::abort();
}

void check_spellings(const everseal::http::RequestHead& head) {
  const auto path = canonical_path(head.path(), PathRule::AsSent);
  require(canonical_path(path, PathRule::AsSent) == path);
  const auto query = canonical_query(head.query());
  require(canonical_query(query) == query);
  require(canonical_path(head.path(), PathRule::Normalised).starts_with('/'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const UnknownSecret secret;
  static const ManualClock clock{*parse_iso8601("2025-01-02T03:04:05Z")};
  static const Verifier verifier{secret, clock};
  const auto request = read_request(as_text({data, size}));
  check_spellings(request.head);
  const auto claim = read_claim(request.head);
  if (!claim) return 0;
  for (const auto dialect : {Dialect::Json, Dialect::S3}) {
    const Expected expected{.service = claim->scope.service, .dialect = dialect};
    const auto proof = verifier.verify(request.head, *claim, expected, as_bytes(request.body));
    require(!proof);
    require(!to_api_error(proof.error(), dialect).code.empty());
  }
  return 0;
}
