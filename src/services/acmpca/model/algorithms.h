#pragma once

#include <optional>

#include "crypto/algorithms.h"
#include "services/acmpca/model/enums.h"

namespace everseal::acmpca {

// Nothing: ML-DSA and SM2, which the API names and Everseal does not speak.
std::optional<crypto::KeyAlgorithm> spoken(KeyAlgorithm algorithm);
std::optional<crypto::SignatureAlgorithm> spoken(SigningAlgorithm algorithm);

}  // namespace everseal::acmpca
