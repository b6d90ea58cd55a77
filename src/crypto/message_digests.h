#pragma once

// For the .cc files of crypto/ only: digests fetched once, because EVP_sha256() looks its
// implementation up at every use.
#include "crypto/algorithms.h"
#include "crypto/openssl.h"

namespace everseal::crypto {

const EVP_MD* message_digest(DigestAlgorithm algorithm);

}  // namespace everseal::crypto
