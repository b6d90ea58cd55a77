#pragma once

#include <optional>

#include "issuance/issuer.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/crl/membership.h"

namespace everseal::acmpca {

// What certificates of this CA say about where its revocations are found.
issuance::RevocationPointers pointers_of(const Authority& authority,
                                         const std::optional<CrlInUse>& in_use);

}  // namespace everseal::acmpca
