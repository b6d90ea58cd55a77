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

// GetCertificate: a certificate that this CA issued, expired and revoked ones too. It is there as
// soon as IssueCertificate was answered.
struct GetCertificate {
  static constexpr std::string_view name = "GetCertificate";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string certificate_arn;
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required("CertificateArn", &Request::certificate_arn, arn_length, arn_pattern)};
  };
  struct Response {
    std::string certificate;  // PEM
    std::optional<std::string>
        certificate_chain{};  // PEM, the root last; none of a root certificate
    static constexpr auto fields =
        std::tuple{aws::required("Certificate", &Response::certificate),
                   aws::optional("CertificateChain", &Response::certificate_chain)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArnException: also if the certificate's ARN is not one of this CA.
  // ResourceNotFoundException: this CA never issued it. InvalidStateException: the CA is deleted,
  // or has no certificate yet.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
