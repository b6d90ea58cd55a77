#include "encoding/base64.h"

#include <array>
#include <cstring>

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

// The two letters of twelve bits: half as many looks as letter by letter.
constexpr auto letter_pairs() {
  std::array<std::array<char, 2>, 4096> pairs{};
  for (std::size_t bits = 0; bits < pairs.size(); ++bits) {
    pairs[bits] = {kAlphabet[bits >> 6], kAlphabet[bits & 63]};
  }
  return pairs;
}
constexpr auto kLetterPairs = letter_pairs();

// Four letters for three octets.
void put_letters(char* letters, unsigned group) {
  std::memcpy(letters, kLetterPairs[group >> 12].data(), 2);
  std::memcpy(letters + 2, kLetterPairs[group & 4095].data(), 2);
}

// Eight letters for six octets; the two behind them are read, too.
void put_eight_letters(char* letters, const std::uint8_t* octets) {
  std::uint64_t bits = 0;
  for (int octet = 0; octet < 8; ++octet) bits = bits << 8 | octets[octet];
  for (int pair = 0; pair < 4; ++pair) {
    std::memcpy(letters + 2 * pair, kLetterPairs[bits >> (52 - 12 * pair) & 4095].data(), 2);
  }
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
  for (; at + sizeof(std::uint64_t) <= bytes.size(); at += 6, letters += 8) {
    put_eight_letters(letters, bytes.data() + at);
  }
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
