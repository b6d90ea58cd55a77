#pragma once

#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/settings.h"
#include "x509/certificate.h"

namespace everseal::elbv2::trust_stores {

// The CA certificates of a bundle, as ALB takes them: PEM without blank lines (see armour.h);
// version 3, CA:TRUE, RSA of 2048 to 8192 bits or P-256, P-384, P-521, signed with SHA-256, -384 or
// -512 by RSA, RSASSA-PSS or ECDSA; each of at most 16 KiB. Order and dates are not judged.
// InvalidCaCertificatesBundle: the message says which certificate and why.
Result<std::vector<x509::Certificate>, ApiError> read_bundle(std::string_view file,
                                                             const Settings& settings);

// Of one that was read before. Broken: it is damaged.
Result<std::vector<x509::Certificate>> kept_bundle(std::string_view file);

}  // namespace everseal::elbv2::trust_stores
