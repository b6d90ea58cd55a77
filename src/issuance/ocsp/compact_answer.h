#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/ocsp_status.h"

namespace everseal::issuance::ocsp {

// From when to when an answer holds; whole seconds.
struct Window {
  TimePoint this_update;
  TimePoint next_update;

  friend bool operator==(const Window&, const Window&) = default;
};

// Names the responder certificate that goes with an answer: the first octets of its SHA-256.
using SignerTag = std::array<std::uint8_t, 8>;

// What is kept of an answer that was signed beforehand, for one certificate and without a nonce:
// all that its octets cannot be made of again. The rest is what it is kept under (the CA, the hash
// of the CertID, the serial number) and what the responder has. Some 110 octets instead of 900.
struct CompactAnswer {
  SignerTag signer;
  Window window;
  x509::OcspStatus status;
  Bytes signature;

  // Format 1: 01, signer (8), this update in seconds since 1970 (8), seconds to the next (4),
  // status (1: 0 good, 1 revoked, 2 unknown), if revoked the moment (8) and the reason (1: 255 for
  // none), signature. Numbers are big-endian. A builder of answers that writes other octets is
  // another format: what was signed before would not verify.
  Bytes encode() const;
  // Malformed: anything that encode() does not write.
  static Result<CompactAnswer> decode(ByteView octets);

  friend bool operator==(const CompactAnswer&, const CompactAnswer&) = default;
};

}  // namespace everseal::issuance::ocsp
