#include "gateway/haproxy/handshake_outcome.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string_view>

namespace everseal::gateway::haproxy {
namespace {

// Of OpenSSL (x509_vfy.h).
constexpr std::array untrusted = {2, 18, 19, 20, 21, 27};
constexpr std::array crl_problems = {3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 44, 54};
constexpr std::array purposes = {26, 39};
constexpr std::array types = {66, 67, 68, 76};
constexpr std::array invalid = {7, 25, 32, 34, 41, 47, 48, 79};

bool is_in(std::span<const int> list, int code) {
  return std::ranges::find(list, code) != list.end();
}

Handshake failure_of(int code) {
  if (code == 10) return Handshake::Expired;
  if (code == 9) return Handshake::NotYetValid;
  if (code == 22) return Handshake::MaxChainDepthExceeded;
  if (code == 23) return Handshake::CrlHit;
  if (code == 28) return Handshake::Rejected;
  if (is_in(untrusted, code)) return Handshake::Untrusted;
  if (is_in(crl_problems, code)) return Handshake::CrlProcessingError;
  if (is_in(purposes, code)) return Handshake::PurposeInvalid;
  if (is_in(types, code)) return Handshake::TypeUnsupported;
  if (is_in(invalid, code)) return Handshake::Invalid;
  return Handshake::Unmapped;
}

unsigned long number_in(std::string_view digits, int base = 10) {
  unsigned long number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  return number;
}

// The reasons of OpenSSL (sslerr.h) that are about what a client sent as its certificate.
Handshake failure_of_tls(unsigned long error) {
  constexpr unsigned long reasons = 0x7fffff;
  constexpr unsigned long excessive_message_size = 152;
  constexpr unsigned long wrong_curve = 378;
  constexpr unsigned long wrong_signature_type = 370;
  switch (error & reasons) {
    case excessive_message_size:
      return Handshake::MaxSizeExceeded;
    case wrong_curve:
      return Handshake::TypeUnsupported;
    case wrong_signature_type:  // a key that our policy has no signature for
      return Handshake::Incompatible;
    default:
      return Handshake::Unmapped;
  }
}

Handshake of_failed(const LogLine& line) {
  // Of HAProxy: 30: a certificate above the client's; 31: the client's own; 34: the handshake.
  constexpr unsigned long above = 30;
  constexpr unsigned long own = 31;
  constexpr unsigned long handshake = 34;
  const auto error = number_in(line[Word::FcErr]);
  if (error == above) return failure_of(static_cast<int>(number_in(line[Word::CaErr])));
  if (error == own) return failure_of(static_cast<int>(number_in(line[Word::CErr])));
  if (error == handshake) return failure_of_tls(number_in(line[Word::HsErr], 16));
  return Handshake::Unmapped;
}

}  // namespace

Handshake handshake_of(const LogLine& line, bool has_tls) {
  const auto refused = line[Word::Refused];
  if (refused == "revoked") return Handshake::CrlHit;
  if (refused == "outdated") return Handshake::CrlProcessingError;
  if (refused == "depth") return Handshake::MaxChainDepthExceeded;
  if (!refused.empty()) return Handshake::Unmapped;
  if (!has_tls) return Handshake::None;
  return line[Word::Id].empty() ? of_failed(line) : Handshake::Success;
}

}  // namespace everseal::gateway::haproxy
