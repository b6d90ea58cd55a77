#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {
namespace {

constexpr std::size_t fewest_octets = 8;  // what public CAs must use, counted in bits: 64

// The DER of a positive number has another octet in front if its top bit is set.
std::size_t der_octets(const x509::SerialNumber& serial) {
  const auto octets = serial.octets();
  return octets.size() + (octets.front() >= 0x80 ? 1U : 0U);
}

}  // namespace

Violation serial_number_is_unpredictable(const Subject& subject) {
  const auto& serial = subject.tbs.serial();
  if (serial.octets().size() < fewest_octets) return "a serial number that can be guessed";
  if (der_octets(serial) > x509::SerialNumber::kMaxOctets) return "a serial number above 20 octets";
  return {};
}

}  // namespace everseal::issuance::lint
