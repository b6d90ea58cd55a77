#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

inline constexpr auto principal_length = aws::length(0, 128);
inline constexpr auto principal_pattern = aws::pattern("[^*]+");
inline constexpr auto account_length = aws::length(12, 12);
inline constexpr auto account_pattern = aws::pattern("[0-9]+");

// CreatePermission: ACM may use this CA on its own account, to renew what it issued.
struct CreatePermission {
  static constexpr std::string_view name = "CreatePermission";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::string principal;
    std::optional<std::string> source_account{};  // the caller's, if nobody says otherwise
    std::vector<PermittedAction> actions{};
    static constexpr auto fields = std::tuple{
        aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn, arn_length,
                      arn_pattern),
        aws::required("Principal", &Request::principal, principal_length, principal_pattern),
        aws::optional("SourceAccount", &Request::source_account, account_length, account_pattern),
        aws::required("Actions", &Request::actions, aws::length(1, 3))};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // ValidationException: a principal other than acm.amazonaws.com, an action twice.
  // InvalidStateException: the CA is not ACTIVE. PermissionAlreadyExistsException.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
