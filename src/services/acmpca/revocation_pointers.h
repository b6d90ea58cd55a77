#pragma once

#include "issuance/issuer.h"
#include "services/acmpca/authority.h"

namespace everseal::acmpca {

// What certificates of this CA say about where its revocations are found.
issuance::RevocationPointers pointers_of(const Authority& authority);

}  // namespace everseal::acmpca
