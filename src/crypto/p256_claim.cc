#include "crypto/p256_claim.h"

#include <algorithm>
#include <array>

#include "asn1/der_reader.h"

namespace everseal::crypto {
namespace {

constexpr std::size_t number_octets = 32;
constexpr std::array<std::uint8_t, number_octets> group_order = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

bool is_below_order(std::span<const std::uint8_t, number_octets> number) {
  return std::ranges::lexicographical_compare(number, group_order);
}

// Of an INTEGER's content, which is minimal.
bool read_number(ByteView integer, std::span<std::uint8_t, number_octets> out) {
  if (integer.empty() || (integer[0] & 0x80U) != 0) return false;
  if (integer[0] == 0) integer = integer.subspan(1);
  if (integer.empty() || integer.size() > number_octets) return false;
  const auto padding = out.first(number_octets - integer.size());
  std::ranges::fill(padding, std::uint8_t{0});
  std::ranges::copy(integer, out.begin() + static_cast<std::ptrdiff_t>(padding.size()));
  return is_below_order(out) && std::ranges::any_of(out, [](auto octet) { return octet != 0; });
}

}  // namespace

std::optional<p256::Claim> p256_claim(ByteView point, ByteView digest, ByteView signature) {
  if (point.size() != 1 + 2 * number_octets || point[0] != 4 || digest.size() != number_octets)
    return {};
  asn1::DerReader in(signature);
  ByteView r;
  ByteView s;
  in.sequence([&](asn1::DerReader& numbers) {
    r = numbers.integer();
    s = numbers.integer();
  });
  p256::Claim claim;
  if (!in.finish("signature") || !read_number(r, claim.r) || !read_number(s, claim.s)) return {};
  std::ranges::copy(point.subspan(1, number_octets), claim.x);
  std::ranges::copy(point.subspan(1 + number_octets), claim.y);
  std::ranges::copy(digest, claim.digest);
  return claim;
}

}  // namespace everseal::crypto
