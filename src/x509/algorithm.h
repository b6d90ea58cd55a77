#pragma once

#include <optional>

#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/oid.h"
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::x509 {

// AlgorithmIdentifier (RFC 5280, 4.1.1.2). Anything well-formed is kept, known or not.
struct Algorithm {
  asn1::Oid oid;
  Bytes parameters;  // DER of one value; empty if absent

  friend bool operator==(const Algorithm&, const Algorithm&) = default;
};

Algorithm read_algorithm(asn1::DerReader& in);

// Which of our algorithms it names: nothing for others, and for parameters that are not those of
// RFC 4055 (NULL; some leave it out) or RFC 5758 (absent).
std::optional<crypto::SignatureAlgorithm> signature_algorithm(const Algorithm& algorithm);

// Whether the owner of the key (SubjectPublicKeyInfo, DER) signed the message. Malformed: an
// algorithm or a key that crypto/ does not know, or another signature.
Outcome verify_signature(const Algorithm& algorithm, ByteView public_key_info, ByteView message,
                         ByteView signature);

void write_algorithm(asn1::DerWriter& out, crypto::SignatureAlgorithm algorithm);

}  // namespace everseal::x509
