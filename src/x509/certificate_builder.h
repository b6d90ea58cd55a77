#pragma once

#include <span>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "x509/extension.h"
#include "x509/name.h"
#include "x509/serial_number.h"
#include "x509/tbs_certificate.h"

// Writes version 3 certificates. Writes what it is told: nothing is judged here. The bytes of
// build_tbs() are parsed (TbsCertificate), linted, signed, and then assembled.
//
//   const Bytes tbs = build_tbs(fields);
//   ... TbsCertificate::parse(tbs), lints, key.sign(fields.signature_algorithm, tbs) ...
//   const Bytes certificate = assemble_certificate(tbs, fields.signature_algorithm, signature);
namespace everseal::x509 {

// References: what they point to outlives the call.
struct CertificateFields {
  const SerialNumber& serial;
  crypto::SignatureAlgorithm signature_algorithm;
  ByteView issuer;           // DER of a Name: the issuing certificate's subject(), octet by octet
  Validity validity;         // floored to seconds; must be encodable (asn1/time.h)
  ByteView subject;          // DER of a Name
  ByteView public_key_info;  // SubjectPublicKeyInfo, DER
  std::span<const Extension> extensions = {};  // in this order; none: the field is left out
};

// DER of the TBSCertificate.
Bytes build_tbs(const CertificateFields& fields);

// DER of the Certificate.
Bytes assemble_certificate(ByteView tbs, crypto::SignatureAlgorithm algorithm, ByteView signature);

}  // namespace everseal::x509
