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
  if (text.empty()) return Bytes{};
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
  std::array<char, 4> last{};
  text.copy(last.data(), 4, text.size() - 4);
  if (padding > 0) last[3] = 'A';
  if (padding > 1) last[2] = 'A';
  const int last_group = group_of(last.data());
  if ((last_group & ((1 << (8 * padding)) - 1)) != 0 && last_group >= 0) {
    return Fault::malformed("base64: unused bits are not zero");
  }

  Bytes bytes(text.size() / 4 * 3);
  std::uint8_t* octets = bytes.data();
  int any = last_group;  // negative once a letter is not in the alphabet
  for (std::size_t at = 0; at + 4 < text.size(); at += 4, octets += 3) {
    const int group = group_of(text.data() + at);
    any |= group;
    put_octets(octets, group);
  }
  if (any < 0) return Fault::malformed("base64: not in the alphabet");
  put_octets(octets, last_group);
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace everseal::encoding
