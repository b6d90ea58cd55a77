#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>

#include "asn1/der_reader.h"
#include "encoding/bytes.h"
#include "x509/certificate.h"
#include "x509/serial_number.h"

// How a question names a certificate (RFC 6960, 4.1.1).
namespace everseal::x509 {

enum class OcspHash : std::uint8_t { Sha1, Sha256 };

// Who issued it: the hash of the issuer's name and that of its key. SHA-1 names things here; it
// protects nothing.
class OcspIssuer {
 public:
  static OcspIssuer of(OcspHash hash, const Certificate& issuer);
  // Nothing: the hashes are not as long as that algorithm's.
  static std::optional<OcspIssuer> from_hashes(OcspHash hash, ByteView name, ByteView key);

  OcspHash hash() const { return hash_; }
  ByteView name_hash() const { return ByteView(name_hash_).first(size()); }
  ByteView key_hash() const { return ByteView(key_hash_).first(size()); }

  friend bool operator==(const OcspIssuer&, const OcspIssuer&) = default;
  friend auto operator<=>(const OcspIssuer&, const OcspIssuer&) = default;

 private:
  using Octets = std::array<std::uint8_t, 32>;  // zero behind a shorter hash
  OcspIssuer(OcspHash hash, ByteView name, ByteView key);
  std::size_t size() const { return hash_ == OcspHash::Sha1 ? 20 : 32; }

  OcspHash hash_;
  Octets name_hash_{};
  Octets key_hash_{};
};

struct OcspCertId {
  OcspIssuer issuer;
  SerialNumber serial;

  // Reads a CertID. Nothing, though the reader goes on: the hash is none of ours.
  static std::optional<OcspCertId> read(asn1::DerReader& in);

  friend bool operator==(const OcspCertId&, const OcspCertId&) = default;
  friend auto operator<=>(const OcspCertId&, const OcspCertId&) = default;
};

}  // namespace everseal::x509

// Hashes are random already: eight of their octets will do.
template <>
struct std::hash<everseal::x509::OcspIssuer> {
  std::size_t operator()(const everseal::x509::OcspIssuer& issuer) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, issuer.key_hash().data(), sizeof(value));
    return value ^ static_cast<std::size_t>(issuer.hash());
  }
};
