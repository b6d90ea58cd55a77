#pragma once

#include <cstdint>

namespace everseal::x509 {

// Why a certificate was revoked (RFC 5280, 5.3.1). The numbers are those of the ASN.1, which leaves
// out 7.
enum class CrlReason : std::uint8_t {
  Unspecified = 0,
  KeyCompromise = 1,
  CaCompromise = 2,
  AffiliationChanged = 3,
  Superseded = 4,
  CessationOfOperation = 5,
  CertificateHold = 6,
  RemoveFromCrl = 8,  // only in a delta CRL
  PrivilegeWithdrawn = 9,
  AaCompromise = 10,
};

}  // namespace everseal::x509
