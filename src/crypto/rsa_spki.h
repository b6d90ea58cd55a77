#pragma once

// For the .cc files of crypto/ only.
#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::crypto {

// Big-endian, without leading zeros; views into the octets that were read.
struct RsaNumbers {
  KeyAlgorithm algorithm;
  ByteView modulus;
  ByteView exponent;
};

// SubjectPublicKeyInfo with rsaEncryption and NULL parameters (RFC 3279, 2.3.1). Malformed: any
// other key, a modulus of a size that has no name, an exponent that is even, 1 or above 64 bits.
Result<RsaNumbers> read_rsa_spki(ByteView der);

}  // namespace everseal::crypto
