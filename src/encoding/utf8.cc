#include "encoding/utf8.h"

#include <cstdint>
#include <cstring>

namespace everseal::encoding {
namespace {

// Octets of the sequence that this one begins, or 0.
std::size_t sequence_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

// The second octet's range excludes overlong forms, surrogates and values that are too large.
bool second_fits(std::uint8_t lead, std::uint8_t second) {
  const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

// Most texts are ASCII: eight octets are looked at together.
std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof(eight) <= text.size(); at += sizeof(eight)) {
    std::memcpy(&eight, text.data() + at, sizeof(eight));
    if ((eight & 0x8080808080808080) != 0) break;
  }
  return at;
}

}  // namespace

std::optional<std::size_t> utf8_length(std::string_view text) {
  std::size_t count = ascii_prefix(text);
  for (std::size_t at = count; at < text.size(); ++count) {
    const auto lead = static_cast<std::uint8_t>(text[at]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || length > text.size() - at) return std::nullopt;
    for (std::size_t next = 1; next < length; ++next) {
      const auto octet = static_cast<std::uint8_t>(text[at + next]);
      if ((octet & 0xc0) != 0x80) return std::nullopt;
      if (next == 1 && !second_fits(lead, octet)) return std::nullopt;
    }
    at += length;
  }
  return count;
}

}  // namespace everseal::encoding
