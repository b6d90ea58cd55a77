#pragma once

#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/description.h"
#include "sql/database.h"

namespace everseal::acmpca {

// DescribeCertificateAuthority: what a CA is and in which state.
struct DescribeCertificateAuthority {
  static constexpr std::string_view name = "DescribeCertificateAuthority";
  struct Request {
    AuthorityArn certificate_authority_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length, arn_pattern)};
  };
  struct Response {
    AuthorityDescription certificate_authority;
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthority", &Response::certificate_authority)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidArnException, ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
