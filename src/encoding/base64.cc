#include "encoding/base64.h"

#include <array>

namespace everseal::encoding {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> values() {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t at = 0; at < kAlphabet.size(); ++at) {
    table[static_cast<std::uint8_t>(kAlphabet[at])] = static_cast<std::int8_t>(at);
  }
  return table;
}
constexpr auto kValues = values();

int value_of(char letter) { return kValues[static_cast<std::uint8_t>(letter)]; }

}  // namespace

std::string to_base64(ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::size_t left = bytes.size() - at;
    const unsigned group = unsigned{bytes[at]} << 16 |
                           (left > 1 ? unsigned{bytes[at + 1]} << 8 : 0U) |
                           (left > 2 ? unsigned{bytes[at + 2]} : 0U);
    text.push_back(kAlphabet[group >> 18]);
    text.push_back(kAlphabet[group >> 12 & 63]);
    text.push_back(left > 1 ? kAlphabet[group >> 6 & 63] : '=');
    text.push_back(left > 2 ? kAlphabet[group & 63] : '=');
  }
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return Fault::malformed("base64: length is not a multiple of four");
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const bool last = at + 4 == text.size();
    const std::size_t padding =
        !last ? 0U : (text[at + 3] != '=' ? 0U : (text[at + 2] != '=' ? 1U : 2U));
    unsigned group = 0;
    for (std::size_t digit = 0; digit < 4; ++digit) {
      const int value = digit + padding >= 4 ? 0 : value_of(text[at + digit]);
      if (value < 0) return Fault::malformed("base64: not in the alphabet");
      group = group << 6 | static_cast<unsigned>(value);
    }
    if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0)) {
      return Fault::malformed("base64: unused bits are not zero");
    }
    bytes.push_back(static_cast<std::uint8_t>(group >> 16));
    if (padding < 2) bytes.push_back(static_cast<std::uint8_t>(group >> 8));
    if (padding < 1) bytes.push_back(static_cast<std::uint8_t>(group));
  }
  return bytes;
}

}  // namespace everseal::encoding
