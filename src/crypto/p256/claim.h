#pragma once

#include <cstdint>

namespace everseal::crypto::p256 {

// Somebody says that the owner of a key signed a digest (ECDSA: FIPS 186-5, 6.4). Each number has
// 32 octets, the highest first.
struct Claim {
  std::uint8_t x[32];  // the public key, a point of the curve
  std::uint8_t y[32];
  std::uint8_t r[32];  // the signature
  std::uint8_t s[32];
  std::uint8_t digest[32];
};

}  // namespace everseal::crypto::p256
