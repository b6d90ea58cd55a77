#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"

namespace everseal::asn1 {
class DerReader;
}

namespace everseal::x509 {

// The number that names a certificate within its issuer: a positive integer of at most 20 octets
// (RFC 5280, 4.1.2.2). Held without leading zeros, so that two spellings of one number are equal;
// the order is that of the numbers.
class SerialNumber {
 public:
  static constexpr std::size_t kMaxOctets = 20;

  // 16 random octets, as Private CA makes them, the first of them not zero. In DER a 17th stands in
  // front when the top bit is set. Public CAs must use 64 random bits; these are 127 and more.
  static SerialNumber random(Random& random);
  // Hexadecimal in either case, with or without colons: "0A:1B", "a1b". Malformed: empty, any
  // other character, zero, more than 20 octets.
  static Result<SerialNumber> parse(std::string_view hex);
  // Big-endian, not negative: "0a1b" and "000a1b" are the same. Malformed: zero, more than 20.
  static Result<SerialNumber> from_octets(ByteView magnitude);
  // The INTEGER that comes next. Without one, the reader says why it failed.
  static std::optional<SerialNumber> read(asn1::DerReader& in);

  std::string hex() const;        // lower case, a colon between octets: "0a:1b"
  std::string plain_hex() const;  // the same without colons: "0a1b", as in ARNs

  // Big-endian; the first is not zero.
  ByteView octets() const { return ByteView(octets_).last(size_); }

  friend bool operator==(const SerialNumber&, const SerialNumber&) = default;
  friend auto operator<=>(const SerialNumber&, const SerialNumber&) = default;

 private:
  explicit SerialNumber(ByteView magnitude);       // 1 to 20 octets, the first not zero
  std::array<std::uint8_t, kMaxOctets> octets_{};  // big-endian, to the right
  std::uint8_t size_ = 0;
};

}  // namespace everseal::x509
