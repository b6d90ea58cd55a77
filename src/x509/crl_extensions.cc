#include "x509/crl_extensions.h"

#include <algorithm>

#include "asn1/der_reader.h"

namespace everseal::x509 {
namespace {

constexpr std::size_t kMaxOctets = 20;

CrlNumber read_number(asn1::DerReader& in) {
  ByteView number = in.integer();
  if (in.failed()) return {};
  if ((number[0] & 0x80U) != 0) return in.fail("a negative number"), CrlNumber{};
  if (number[0] == 0) number = number.subspan(1);
  if (number.size() > kMaxOctets) return in.fail("more than 20 octets"), CrlNumber{};
  return {to_bytes(number)};
}

}  // namespace

CrlNumber CrlNumber::of(std::uint64_t number) {
  CrlNumber made;
  for (int shift = 56; shift >= 0; shift -= 8) {
    const auto octet = static_cast<std::uint8_t>(number >> shift);
    if (octet != 0 || !made.magnitude.empty()) made.magnitude.push_back(octet);
  }
  return made;
}

std::optional<std::uint64_t> CrlNumber::small() const {
  if (magnitude.size() > sizeof(std::uint64_t)) return std::nullopt;
  std::uint64_t number = 0;
  for (const std::uint8_t octet : magnitude) number = number << 8 | octet;
  return number;
}

std::strong_ordering operator<=>(const CrlNumber& left, const CrlNumber& right) {
  const auto by_size = left.magnitude.size() <=> right.magnitude.size();
  if (by_size != 0) return by_size;
  return std::lexicographical_compare_three_way(left.magnitude.begin(), left.magnitude.end(),
                                                right.magnitude.begin(), right.magnitude.end());
}

Result<CrlNumber> CrlNumber::parse(ByteView value) {
  return asn1::parse_as<CrlNumber>(
      value, "cRLNumber", [](asn1::DerReader& in, auto& parsed) { parsed = read_number(in); });
}

Result<DeltaCrlIndicator> DeltaCrlIndicator::parse(ByteView value) {
  return asn1::parse_as<DeltaCrlIndicator>(
      value, "deltaCRLIndicator",
      [](asn1::DerReader& in, auto& parsed) { parsed.base = read_number(in); });
}

}  // namespace everseal::x509
