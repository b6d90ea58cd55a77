#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "encoding/bytes.h"

namespace everseal::crypto {

using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha256Digest = std::array<std::uint8_t, 32>;
using Sha384Digest = std::array<std::uint8_t, 48>;
using Sha512Digest = std::array<std::uint8_t, 64>;

// FIPS 180-4. SHA-1 names keys (RFC 5280, 4.2.1.2); it protects nothing.
Sha1Digest sha1(ByteView octets);
Sha256Digest sha256(ByteView octets);
Sha384Digest sha384(ByteView octets);
Sha512Digest sha512(ByteView octets);
inline Sha256Digest sha256(std::string_view text) { return sha256(as_bytes(text)); }

// SHA-256 of what comes piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();

  Sha256& update(ByteView octets);
  Sha256& update(std::string_view text) { return update(as_bytes(text)); }
  // The digest of all so far; afterwards it begins anew with nothing.
  Sha256Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// RFC 2104. The key may have any length.
Sha256Digest hmac_sha256(ByteView key, ByteView octets);
inline Sha256Digest hmac_sha256(ByteView key, std::string_view text) {
  return hmac_sha256(key, as_bytes(text));
}
Sha1Digest hmac_sha1(ByteView key, ByteView octets);

}  // namespace everseal::crypto
