#include "issuance/ocsp/transfer.h"

#include <algorithm>
#include <utility>

#include "clock/time_text.h"
#include "encoding/ascii.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "encoding/percent.h"
#include "x509/ocsp_request.h"

namespace everseal::issuance::ocsp {
namespace {

using std::chrono::floor;
using std::chrono::seconds;

// Each octet of base64 as %XX, twice encoded, and the padding.
constexpr std::size_t kMaxPath = (x509::OcspRequest::kMaxOctets / 3 + 2) * 4 * 5;
constexpr std::size_t kTagOctets = 16;  // of a signature: none has the same

Result<std::string> decode_percent(std::string_view path) {
  auto once = encoding::percent_decode(path);
  if (!once || once->find('%') == std::string::npos) return once;
  return encoding::percent_decode(*once);
}

// A question begins with a SEQUENCE: its base64 begins with 'M', and never with a slash.
std::string standard_base64(std::string letters) {
  letters.erase(0, letters.find_first_not_of('/'));
  std::erase_if(letters, [](char letter) { return letter == '\r' || letter == '\n'; });
  for (char& letter : letters) {
    if (letter == ' ' || letter == '-') letter = '+';
    if (letter == '_') letter = '/';
  }
  while (letters.ends_with('=')) letters.pop_back();
  letters.append((4 - letters.size() % 4) % 4, '=');
  return letters;
}

}  // namespace

Result<Bytes> request_of_path(std::string_view path) {
  if (path.size() > kMaxPath) return Fault::malformed("OCSP over GET: too long");
  auto text = decode_percent(path);
  if (!text) return std::move(text).error();
  auto octets = encoding::from_base64(standard_base64(*std::move(text)));
  if (octets && octets->empty()) return Fault::malformed("OCSP over GET: nothing is asked");
  return octets;
}

CacheHeaders cache_headers(const CompactAnswer& answer, TimePoint now, seconds longest) {
  const auto left = floor<seconds>(answer.window.next_update - now);
  const auto age = std::max(std::min(left, longest), seconds(0));
  const ByteView signature = answer.signature;
  const auto tag = signature.last(std::min(signature.size(), kTagOctets));
  return {.etag = '"' + encoding::to_hex(tag) + '"',
          .last_modified = to_http_date(answer.window.this_update),
          .expires = to_http_date(floor<seconds>(now) + age),
          .cache_control =
              "max-age=" + std::to_string(age.count()) + ", public, no-transform, must-revalidate"};
}

bool names_tag(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    auto named = encoding::trimmed(if_none_match.substr(0, comma));
    if (named.starts_with("W/")) named.remove_prefix(2);
    if (named == "*" || named == etag) return true;
    if (comma == std::string_view::npos) break;
    if_none_match.remove_prefix(comma + 1);
  }
  return false;
}

}  // namespace everseal::issuance::ocsp
