#pragma once

#include <optional>

#include "asn1/der_reader.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/algorithm.h"
#include "x509/extension.h"
#include "x509/extension_types.h"
#include "x509/name.h"
#include "x509/serial_number.h"

namespace everseal::x509 {

// From which moment to which, both included (RFC 5280, 4.1.2.5).
struct Validity {
  TimePoint not_before;
  TimePoint not_after;

  bool contains(TimePoint time) const;  // a moment within the second of not_after is contained
  friend bool operator==(const Validity&, const Validity&) = default;
};

// What an issuer signs (RFC 5280, 4.1.2), read from its DER. A certificate has one; the builder's
// bytes are read back as one before they are signed.
class TbsCertificate {
 public:
  // Above the 150 custom extensions of 4096 characters that Private CA lets through.
  static constexpr std::size_t kMaxOctets = 1 << 20;

  // Malformed: anything but strict DER of a v1, v2 or v3 certificate, extensions outside v3, an
  // extension twice, a serial that is not positive or too long, notAfter before notBefore.
  static Result<TbsCertificate> parse(Bytes der);

  ByteView der() const { return der_; }
  int version() const { return version_; }  // 1, 2 or 3
  const SerialNumber& serial() const { return *serial_; }
  const Algorithm& signature_algorithm() const { return signature_algorithm_; }
  const Name& issuer() const { return issuer_; }
  const Name& subject() const { return subject_; }
  const Validity& validity() const { return validity_; }
  ByteView public_key_info() const;  // SubjectPublicKeyInfo, DER; for crypto::PublicKey
  const Extensions& extensions() const { return extensions_; }

 private:
  TbsCertificate() = default;
  void read(asn1::DerReader& in);
  void read_extensions(asn1::DerReader& in);

  struct Slice {  // of der_, so that a copy means its own octets
    std::size_t at = 0;
    std::size_t size = 0;
  };

  Bytes der_;
  int version_ = 1;
  std::optional<SerialNumber> serial_;  // always there once parsed
  Algorithm signature_algorithm_;
  Name issuer_;
  Validity validity_{};
  Name subject_;
  Slice public_key_info_;
  Extensions extensions_;
};

}  // namespace everseal::x509
