#pragma once

#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// ImportCertificateAuthorityCertificate: the CA begins to work with this certificate, or goes on
// with it. Each import is a leaf of the issuance log.
struct ImportCertificateAuthorityCertificate {
  static constexpr std::string_view name = "ImportCertificateAuthorityCertificate";
  struct Request {
    Bytes certificate;  // PEM
    AuthorityArn certificate_authority_arn;
    Bytes certificate_chain;  // PEM; empty if absent
    static constexpr auto fields = std::tuple{
        aws::required("Certificate", &Request::certificate, aws::length(1, 32768)),
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::optional("CertificateChain", &Request::certificate_chain, aws::length(0, 2097152))};
  };
  static constexpr std::size_t body_limit = 4 << 20;  // the longest chain in base64

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: the CA is neither waiting for a certificate nor ACTIVE nor EXPIRED.
  // See ca_certificate_rules.h for all others. RequestInProgressException: it has no key yet.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
