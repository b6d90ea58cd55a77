#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// GetCertificateAuthorityCertificate: the certificate that was installed, and what it hangs on.
struct GetCertificateAuthorityCertificate {
  static constexpr std::string_view name = "GetCertificateAuthorityCertificate";
  struct Request {
    AuthorityArn certificate_authority_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length, arn_pattern)};
  };
  struct Response {
    std::string certificate;                         // PEM
    std::optional<std::string> certificate_chain{};  // PEM, the root last; none of a root
    static constexpr auto fields =
        std::tuple{aws::required("Certificate", &Response::certificate),
                   aws::optional("CertificateChain", &Response::certificate_chain)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: no certificate is installed, or the CA is deleted.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
