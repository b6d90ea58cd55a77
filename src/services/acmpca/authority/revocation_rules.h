#pragma once

#include "aws/api_error.h"
#include "result/result.h"
#include "services/acmpca/model/configuration.h"

namespace everseal::acmpca {

// What a CA has if nobody says otherwise: neither CRLs nor OCSP.
RevocationConfiguration no_revocation();

// `asked` over `current`: a member that is not mentioned stays. InvalidArgsException: contradictory
// members, a host name with a protocol in front.
Result<RevocationConfiguration, ApiError> revocation_over(const RevocationConfiguration& current,
                                                          const RevocationConfiguration& asked);

}  // namespace everseal::acmpca
