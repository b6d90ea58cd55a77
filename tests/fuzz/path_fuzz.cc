// Paths and CRLs from strangers, one DER value behind the other: whatever they say of each other,
// judging ends, gives its reasons, and does not depend on what it must not depend on.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <variant>
#include <vector>

#include "asn1/der_reader.h"
#include "x509/chain.h"
#include "x509/revocation.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

struct Input {
  std::vector<x509::Certificate> path;
  std::vector<x509::Crl> crls;  // views of the octets

  explicit Input(ByteView octets) {
    asn1::DerReader in(octets);
    while (!in.at_end() && path.size() + crls.size() < 12) {
      const ByteView value = in.any().whole;
      if (auto certificate = x509::Certificate::parse(value)) {
        path.push_back(*std::move(certificate));
      } else if (const auto crl = x509::Crl::parse(value)) {
        crls.push_back(*crl);
      }
    }
  }
};

bool trusting(const x509::Certificate&, const x509::Certificate&) { return true; }

bool is_valid(const Input& input, const x509::ChainRules& rules,
              const x509::SignatureVerifier& verify) {
  const auto verdict = x509::validate_chain(input.path, rules, verify);
  if (!verdict) {
    require(verdict.error().index < std::max<std::size_t>(input.path.size(), 1));
    require(!Fault(verdict.error()).cause.empty());
  }
  return verdict.has_value();
}

// Who asks for more is given no more.
void check_path(const Input& input) {
  x509::ChainRules rules{.anchor_is_root = false};
  const bool valid = is_valid(input, rules, trusting);
  if (is_valid(input, rules, x509::signed_by)) require(valid);
  rules.policies.required = true;
  const bool with_policy = is_valid(input, rules, trusting);
  rules.policies.without_any_policy = true;
  const bool with_named_policy = is_valid(input, rules, trusting);
  rules.policies.without_mappings = true;
  const bool with_unmapped_policy = is_valid(input, rules, trusting);
  rules.policies.acceptable = {};
  require(!is_valid(input, rules, trusting) || input.path.size() == 1);
  require(valid || !with_policy);
  require(with_policy || !with_named_policy);
  require(with_named_policy || !with_unmapped_policy);
}

std::size_t kind_of_revocation(const Input& input, std::span<const x509::Crl> crls) {
  const auto& signers = input.path;
  const auto revocation =
      x509::revocation_of(input.path.front(), signers, {.crls = crls, .at = std::nullopt});
  if (const auto* undetermined = std::get_if<x509::Undetermined>(&revocation)) {
    require(!undetermined->cause.empty());
  }
  return revocation.index();
}

void check_revocation(Input& input) {
  if (input.path.empty()) return;
  const auto kind = kind_of_revocation(input, input.crls);
  std::reverse(input.crls.begin(), input.crls.end());
  require(kind_of_revocation(input, input.crls) == kind);
  const auto path = x509::check_revocation(input.path, input.path, {.crls = input.crls});
  if (!path) require(path.error().index + 1 < input.path.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(ByteView(data, size));
  check_path(input);
  check_revocation(input);
  return 0;
}
