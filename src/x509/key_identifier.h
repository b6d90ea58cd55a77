#pragma once

#include "encoding/bytes.h"
#include "result/result.h"
#include "x509/certificate.h"

namespace everseal::x509 {

// SHA-1 of the octets of the BIT STRING in a SubjectPublicKeyInfo (RFC 5280, 4.2.1.2, method 1).
// Malformed: not a SubjectPublicKeyInfo.
Result<Bytes> key_identifier(ByteView public_key_info);

// What certificates name their issuer by (authorityKeyIdentifier): its subjectKeyIdentifier, and
// if it has none, the identifier of its key.
Result<Bytes> issuer_key_identifier(const Certificate& issuer);

}  // namespace everseal::x509
