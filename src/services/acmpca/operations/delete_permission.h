#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "services/acmpca/operations/create_permission.h"

namespace everseal::acmpca {

// DeletePermission: from now on ACM cannot renew what this CA issued.
struct DeletePermission {
  static constexpr std::string_view name = "DeletePermission";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string principal;
    std::optional<std::string> source_account{};  // the caller's, if nobody says otherwise
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required("Principal", &Request::principal, principal_length, principal_pattern),
        aws::optional("SourceAccount", &Request::source_account, account_length, account_pattern)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException: also if there is no such permission. InvalidStateException: the CA
  // is deleted.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
