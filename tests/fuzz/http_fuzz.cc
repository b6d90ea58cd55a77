// However the octets of a request arrive, they are read in the same way, and within the limits.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "http/request_parser.h"

namespace {

using namespace everseal;

constexpr std::uint64_t kMostBody = 4096;

struct Outcome {
  bool refused = false;
  bool done = false;
  std::size_t taken = 0;
  std::string target;
  std::size_t headers = 0;
  std::string body;

  bool operator==(const Outcome&) const = default;
};

void require(bool truth) {
  if (!truth) std::abort();
}

const http::Limits& limits() {
  static const http::Limits small{.head_bytes = 2048, .headers = 16};
  return small;
}

Outcome refused() { return {.refused = true, .target = {}, .body = {}}; }

// Gives the octets to a parser, `portion` at a time.
Outcome read(std::string_view text, std::size_t portion) {
  http::RequestParser parser{limits()};
  Outcome outcome;
  std::string waiting;
  bool has_head = false;
  for (std::size_t at = 0; at < text.size() && !parser.is_done(); at += portion) {
    waiting += text.substr(at, portion);
    std::size_t taken = 0;
    if (!has_head) {
      const auto head = parser.read_head(waiting, taken);
      if (!head) return refused();
      if (!*head) continue;
      has_head = true;
      outcome.target = (*head)->request.target;
      outcome.headers = (*head)->request.headers.size();
      if (!parser.limit_body(kMostBody)) return refused();
    }
    const auto body =
        parser.read_body(std::string_view(waiting).substr(taken), outcome.body, std::string::npos);
    if (!body) return refused();
    waiting.erase(0, taken + *body);
    outcome.taken += taken + *body;
  }
  outcome.done = has_head && parser.is_done();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto text = everseal::as_text({data + 1, size - 1});
  const auto whole = read(text, std::max<std::size_t>(text.size(), 1));
  require(whole.headers <= limits().headers);
  require(whole.body.size() <= kMostBody);
  const auto cut = read(text, 1U + data[0]);
  // What is not complete may be refused sooner or later, depending on what was seen at once.
  if (whole.done || cut.done) require(whole == cut);
  return 0;
}
