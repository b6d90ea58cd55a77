#pragma once

#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/settings.h"
#include "x509/certificate.h"

namespace everseal::elbv2::trust_stores {

// A CRL as ALB takes it: PEM, one block X509 CRL; complete, not indirect; signed by a CA of the
// bundle that may sign CRLs. Its dates are not judged: an outdated CRL still says who was revoked.
// InvalidRevocationContent: the message says why, and how to convert what is not PEM.
Result<RevocationList, ApiError> read_revocation_file(std::string_view file,
                                                      const std::vector<x509::Certificate>& bundle,
                                                      const Settings& settings);

}  // namespace everseal::elbv2::trust_stores
