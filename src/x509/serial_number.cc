#include "x509/serial_number.h"

#include <algorithm>

#include "asn1/der_reader.h"
#include "encoding/hex.h"

namespace everseal::x509 {
namespace {

Fault malformed(std::string cause) {
  return Fault::malformed("serial number: " + std::move(cause));
}

// The digits without the colons, with a leading zero if their number is odd. Colons stand between
// octets: one or two digits on either side.
Result<std::string> joined_octets(std::string_view hex) {
  std::string digits;
  while (!hex.empty()) {
    const auto octet = hex.substr(0, hex.find(':'));
    if (octet.empty() || octet.size() > 2) return malformed("a colon in the wrong place");
    if (octet.size() == 1) digits += '0';
    digits += octet;
    hex.remove_prefix(octet.size());
    if (hex.size() == 1) return malformed("a colon at the end");
    if (!hex.empty()) hex.remove_prefix(1);
  }
  return digits;
}

}  // namespace

SerialNumber::SerialNumber(ByteView magnitude)
    : size_(static_cast<std::uint8_t>(magnitude.size())) {
  std::copy(magnitude.begin(), magnitude.end(), octets_.end() - size_);
}

SerialNumber SerialNumber::random(Random& random) {
  std::array<std::uint8_t, 16> octets{};
  while (octets[0] == 0) random.fill(octets);
  return SerialNumber(octets);
}

Result<SerialNumber> SerialNumber::parse(std::string_view hex) {
  constexpr std::size_t kLongest = 1000;  // leading zeros are many people's habit, but not endless
  if (hex.empty() || hex.size() > kLongest) return malformed("empty or too long");
  const bool has_colons = hex.find(':') != std::string_view::npos;
  auto digits = has_colons ? joined_octets(hex) : Result<std::string>(std::string(hex));
  if (!digits) return digits.error();
  if (digits->size() % 2 != 0) digits->insert(digits->begin(), '0');
  const auto octets = encoding::from_hex(*digits);
  if (!octets) return malformed("not hexadecimal");
  return from_octets(*octets);
}

Result<SerialNumber> SerialNumber::from_octets(ByteView magnitude) {
  while (!magnitude.empty() && magnitude.front() == 0) magnitude = magnitude.subspan(1);
  if (magnitude.empty()) return malformed("zero");
  if (magnitude.size() > kMaxOctets) return malformed("more than 20 octets");
  return SerialNumber(magnitude);
}

std::optional<SerialNumber> SerialNumber::read(asn1::DerReader& in) {
  const ByteView number = in.integer();
  if (in.failed()) return std::nullopt;
  if ((number[0] & 0x80U) != 0) return in.fail("a negative serial number"), std::nullopt;
  const auto serial = from_octets(number);
  if (!serial) return in.fail(serial.error().cause), std::nullopt;
  return *serial;
}

std::string SerialNumber::hex() const { return encoding::to_hex(octets(), ':'); }
std::string SerialNumber::plain_hex() const { return encoding::to_hex(octets()); }

}  // namespace everseal::x509
