#pragma once

// For the .cc files of crypto/ only.
#include <optional>

#include "crypto/p256/claim.h"
#include "encoding/bytes.h"

namespace everseal::crypto {

// What an ECDSA-Sig-Value (RFC 3279, 2.2.3) says: that the owner of a key of P-256, an uncompressed
// point of the curve, signed a digest. Nothing: the signature is not DER, r or s is not from 1 to
// n - 1, or the point or the digest is of another length than 65 and 32 octets.
std::optional<p256::Claim> p256_claim(ByteView point, ByteView digest, ByteView signature);

}  // namespace everseal::crypto
