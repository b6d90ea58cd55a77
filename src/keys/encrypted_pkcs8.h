#pragma once

#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::keys {

// EncryptedPrivateKeyInfo (RFC 5958), DER, as ACM's ExportCertificate writes it: PBES2 with PBKDF2
// (20 octets of salt, 2048 iterations, HMAC-SHA1 by default, no key length) and AES-256-CBC. The
// passphrase may hold any octet.
Result<Bytes> encrypt_pkcs8(const SecretBytes& pkcs8, const SecretBytes& passphrase,
                            Random& random);

}  // namespace everseal::keys
