#pragma once

#include "asn1/der_reader.h"
#include "encoding/bytes.h"

// For the .cc files of this folder only.
namespace everseal::x509 {

// The nonce out of the value of its extension (RFC 9654, 2.1): DER of an OCTET STRING of 1 to 128
// octets. Makes `in`, which reads what the extension stands in, fail for anything else.
Bytes read_ocsp_nonce(asn1::DerReader& in, ByteView value);

}  // namespace everseal::x509
