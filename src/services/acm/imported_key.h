#pragma once

#include "crypto/private_key.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::acm {

// The private key of an import, from PEM: PKCS#8 ("PRIVATE KEY"), PKCS#1 ("RSA PRIVATE KEY") or
// SEC 1 ("EC PRIVATE KEY"); "EC PARAMETERS" blocks are passed over. The algorithm of the latter two
// is that of the certificate's SubjectPublicKeyInfo, which the key must fit anyway.
// Malformed, with a sentence for the caller: no key, more than one, an encrypted one, or one that
// does not belong to this public key.
Result<crypto::PrivateKey> read_imported_key(const SecretBytes& pem, ByteView public_key_info);

}  // namespace everseal::acm
