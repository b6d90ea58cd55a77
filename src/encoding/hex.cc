#include "encoding/hex.h"

namespace everseal::encoding {
namespace {
constexpr std::string_view kDigits = "0123456789abcdef";
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::string to_hex(ByteView bytes) {
  std::string text(bytes.size() * 2, '0');
  char* digits = text.data();
  for (const std::uint8_t octet : bytes) {
    *digits++ = kDigits[octet >> 4];
    *digits++ = kDigits[octet & 15];
  }
  return text;
}

std::string to_hex(ByteView bytes, char separator) {
  std::string text;
  text.reserve(bytes.size() * 3);
  for (const std::uint8_t octet : bytes) {
    if (!text.empty()) text.push_back(separator);
    text.push_back(kDigits[octet >> 4]);
    text.push_back(kDigits[octet & 15]);
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return Fault::malformed("hex: odd number of digits");
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) return Fault::malformed("hex: not a digit");
    bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return bytes;
}

}  // namespace everseal::encoding
