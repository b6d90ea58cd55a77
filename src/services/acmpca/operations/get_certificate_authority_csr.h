#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// GetCertificateAuthorityCsr: the request with which a parent makes this CA's certificate. It stays
// available afterwards, for the next certificate with the same key.
struct GetCertificateAuthorityCsr {
  static constexpr std::string_view name = "GetCertificateAuthorityCsr";
  struct Request {
    AuthorityArn certificate_authority_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length, arn_pattern)};
  };
  struct Response {
    std::string csr;  // PEM
    static constexpr auto fields = std::tuple{aws::required("Csr", &Response::csr)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // RequestInProgressException: its key is not made yet. InvalidStateException: it has none, or is
  // deleted.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
