#pragma once

#include <cstdint>

#include "crypto/p256/claim.h"

namespace everseal::crypto::p256 {

// Whether this processor has AVX-512 IFMA, and rightly tells true claims from false ones with it.
bool ifma_is_usable();

// proven_lanes() of proof.h, in about the time of two verifications by OpenSSL. One to eight
// claims; only where it is usable.
std::uint8_t proven_by_ifma(const Claim* claims, int count);

}  // namespace everseal::crypto::p256
