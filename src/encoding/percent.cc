#include "encoding/percent.h"

#include "encoding/hex.h"

namespace everseal::encoding {
namespace {

bool is_unreserved(char letter) {
  return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_' ||
         letter == '~';
}

std::string encode(std::string_view text, bool keep_slash) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char letter : text) {
    if (is_unreserved(letter) || (keep_slash && letter == '/')) {
      encoded.push_back(letter);
      continue;
    }
    const auto octet = static_cast<unsigned char>(letter);
    encoded.push_back('%');
    encoded.push_back(digits[octet >> 4]);
    encoded.push_back(digits[octet & 15]);
  }
  return encoded;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto special = plus_is_space ? text.find_first_of("%+", at) : text.find('%', at);
    decoded.append(text.substr(at, special - at));
    if (special == std::string_view::npos) break;
    at = special;
    if (text[at] == '+') {
      decoded.push_back(' ');
      continue;
    }
    if (text.size() - at < 3) return Fault::malformed("percent-encoding: cut off");
    const int high = hex_value(text[at + 1]);
    const int low = hex_value(text[at + 2]);
    if (high < 0 || low < 0) return Fault::malformed("percent-encoding: not a digit");
    decoded.push_back(static_cast<char>(high * 16 + low));
    at += 2;
  }
  return decoded;
}

}  // namespace

std::string percent_encode(std::string_view text) { return encode(text, /*keep_slash=*/false); }
std::string percent_encode_path(std::string_view path) { return encode(path, /*keep_slash=*/true); }
Result<std::string> percent_decode(std::string_view text) {
  return decode(text, /*plus_is_space=*/false);
}
Result<std::string> form_decode(std::string_view text) {
  return decode(text, /*plus_is_space=*/true);
}

}  // namespace everseal::encoding
