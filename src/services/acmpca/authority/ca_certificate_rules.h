#pragma once

#include <string_view>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/acmpca/authority/authority.h"

namespace everseal::acmpca {

// What ImportCertificateAuthorityCertificate was given, once everything about it holds:
//   MalformedCertificateException  not PEM, or a chain that does not lead, each one certified by
//                                  the next, to a self-signed root
//   CertificateMismatchException   another key than the CA's, not signed by the first of the chain,
//                                  a name that a CA above does not permit
//   InvalidRequestException        a ROOT that is not self-signed or comes with a chain, a
//                                  SUBORDINATE that is self-signed or comes without; a critical
//                                  extension that must not be critical
//   ValidationException            basicConstraints absent, not critical or not CA:TRUE; a path
//                                  length exceeded; over already, or not begun; no subject
// Not judged: policy constraints, whether key identifiers match, the root's own validity.
Result<InstalledCertificate, ApiError> check_ca_certificate(const Authority& authority,
                                                            std::string_view certificate_pem,
                                                            std::string_view chain_pem,
                                                            TimePoint now);

}  // namespace everseal::acmpca
