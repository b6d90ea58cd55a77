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

// Four letters for three octets.
void put_letters(char* letters, unsigned group) {
  letters[0] = kAlphabet[group >> 18];
  letters[1] = kAlphabet[group >> 12 & 63];
  letters[2] = kAlphabet[group >> 6 & 63];
  letters[3] = kAlphabet[group & 63];
}

// What four letters hold; negative if one is not in the alphabet.
int group_of(const char* letters) {
  const auto value = [&](int at) { return kValues[static_cast<std::uint8_t>(letters[at])]; };
  const int all = value(0) | value(1) | value(2) | value(3);
  return all < 0 ? -1 : value(0) << 18 | value(1) << 12 | value(2) << 6 | value(3);
}

void put_octets(std::uint8_t* octets, int group) {
  octets[0] = static_cast<std::uint8_t>(group >> 16);
  octets[1] = static_cast<std::uint8_t>(group >> 8);
  octets[2] = static_cast<std::uint8_t>(group);
}

}  // namespace

std::string to_base64(ByteView bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  std::size_t at = 0;
  char* letters = text.data();
  for (; at + 3 <= bytes.size(); at += 3, letters += 4) {
    put_letters(letters, unsigned{bytes[at]} << 16 | unsigned{bytes[at + 1]} << 8 | bytes[at + 2]);
  }
  const std::size_t left = bytes.size() - at;
  if (left == 0) return text;
  put_letters(letters, unsigned{bytes[at]} << 16 | (left > 1 ? unsigned{bytes[at + 1]} << 8 : 0U));
  letters[3] = '=';
  if (left == 1) letters[2] = '=';
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return Fault::malformed("base64: length is not a multiple of four");
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
  Bytes bytes(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    std::array<char, 4> letters = {text[at], text[at + 1], text[at + 2], text[at + 3]};
    const bool last = at + 4 == text.size();
    if (last && padding > 0) letters[3] = 'A';
    if (last && padding > 1) letters[2] = 'A';
    const int group = group_of(letters.data());
    if (group < 0) return Fault::malformed("base64: not in the alphabet");
    const bool unused_bits = last && (group & ((1 << (8 * padding)) - 1)) != 0;
    if (unused_bits) return Fault::malformed("base64: unused bits are not zero");
    put_octets(&bytes[at / 4 * 3], group);
  }
  bytes.erase(bytes.end() - static_cast<std::ptrdiff_t>(padding), bytes.end());
  return bytes;
}

}  // namespace everseal::encoding
