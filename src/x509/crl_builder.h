#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "clock/clock.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"

// Writes version 2 CRLs around entries that stand elsewhere (x509/crl_entry.h), so that these are
// copied at most and never held. Writes what it is told: nothing is judged here.
//
//   const CrlParts tbs = build_crl_tbs(fields, entries_octets);   // signed: head, entries, tail
//   ... hash tbs.head, the entries, tbs.tail; sign the hash ...
//   const CrlParts crl = assemble_crl(tbs_octets, fields.signature_algorithm, signature);
//   ... write crl.head, tbs.head, the entries, tbs.tail, crl.tail ...
//
// The signature comes before the first octet of the CRL, which begins with its own length: those of
// ECDSA differ in length.
namespace everseal::x509 {

// References: what they point to outlives the call.
struct CrlFields {
  crypto::SignatureAlgorithm signature_algorithm;
  ByteView issuer;        // DER of a Name: the CA certificate's subject(), octet by octet
  TimePoint this_update;  // floored to seconds; must be encodable (asn1/time.h)
  TimePoint next_update;  // likewise
  std::uint64_t number;
  ByteView authority_key_id;
  std::optional<std::string_view> distribution_point = {};  // a URI, critical
  std::optional<std::uint64_t> base_number = {};  // a delta CRL, and which one it starts from
  std::optional<std::string_view> freshest = {};  // a URI: where delta CRLs to this one are found
};

// What stands in front of something and what behind it.
struct CrlParts {
  Bytes head;
  Bytes tail;
};

// The TBSCertList around its entries, which have so many octets. None: revokedCertificates is
// absent, as RFC 5280, 5.1.2.6 demands.
CrlParts build_crl_tbs(const CrlFields& fields, std::size_t entries_octets);

// The CertificateList around its TBSCertList, which has so many octets.
CrlParts assemble_crl(std::size_t tbs_octets, crypto::SignatureAlgorithm algorithm,
                      ByteView signature);

}  // namespace everseal::x509
