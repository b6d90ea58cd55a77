#pragma once

#include <string_view>

#include "result/result.h"
#include "secret/secret.h"

namespace everseal::acm::testing {

// The PKCS#8 inside an "ENCRYPTED PRIVATE KEY" whose parameters are exactly those of AWS: PBES2,
// PBKDF2 with 20 octets of salt, 2048 iterations and HMAC-SHA1 by default, AES-256-CBC.
// Malformed: other parameters, or another passphrase (as a rule: bad padding).
Result<SecretBytes> decrypt(std::string_view pem, std::string_view passphrase);

}  // namespace everseal::acm::testing
