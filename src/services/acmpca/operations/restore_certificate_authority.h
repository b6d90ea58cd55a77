#pragma once

#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// RestoreCertificateAuthority: a deleted CA is again what it was before, within its window.
struct RestoreCertificateAuthority {
  static constexpr std::string_view name = "RestoreCertificateAuthority";
  struct Request {
    AuthorityArn certificate_authority_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length, arn_pattern)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidStateException: it is not deleted, or never had a key.
  // ResourceNotFoundException: also when the window has ended.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
