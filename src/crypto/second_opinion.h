#pragma once

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::crypto {

// What OpenSSL thinks of a certificate: it can be decoded, nothing stands behind it, its extensions
// are sound, and the key made its signature. Takes about 0.5 ms, most of it in OpenSSL's decoder.
// Malformed: says why not.
Outcome second_opinion(ByteView certificate, ByteView issuer_spki);

}  // namespace everseal::crypto
