#pragma once

#include <span>

#include "crypto/algorithms.h"
#include "encoding/bytes.h"
#include "x509/extension.h"

// Writes certification requests, as a subordinate CA publishes one for its own certificate.
namespace everseal::x509 {

// DER of the CertificationRequestInfo, which the key then signs. The extensions go into one
// extensionRequest; without any, the attributes are an empty set.
Bytes build_csr_info(ByteView subject, ByteView public_key_info,
                     std::span<const Extension> extensions);

// DER of the CertificationRequest.
Bytes assemble_csr(ByteView info, crypto::SignatureAlgorithm algorithm, ByteView signature);

}  // namespace everseal::x509
