#pragma once

#include <cstdint>

namespace everseal::asn1 {

// The identifier octet of a DER value: class, whether it is constructed, and a number below 31.
// Higher numbers need more octets, do not occur in X.509 and are refused.
enum class Tag : std::uint8_t {
  Boolean = 0x01,
  Integer = 0x02,
  BitString = 0x03,
  OctetString = 0x04,
  Null = 0x05,
  ObjectIdentifier = 0x06,
  Enumerated = 0x0a,
  Utf8String = 0x0c,
  NumericString = 0x12,
  PrintableString = 0x13,
  TeletexString = 0x14,
  Ia5String = 0x16,
  UtcTime = 0x17,
  GeneralizedTime = 0x18,
  VisibleString = 0x1a,
  UniversalString = 0x1c,
  BmpString = 0x1e,
  Sequence = 0x30,
  Set = 0x31,
};

// [number], holding octets directly: an IMPLICIT tag over a primitive type.
constexpr Tag context(unsigned number) { return static_cast<Tag>(0x80U | number); }

// [number], holding values: an EXPLICIT tag, or an IMPLICIT one over a SEQUENCE or SET.
constexpr Tag context_constructed(unsigned number) { return static_cast<Tag>(0xa0U | number); }

constexpr bool is_constructed(Tag tag) { return (static_cast<std::uint8_t>(tag) & 0x20U) != 0; }

}  // namespace everseal::asn1
