#pragma once

#include <cstdint>
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

// ListPermissions: which services may use the CA on their own account.
struct ListPermissions {
  static constexpr std::string_view name = "ListPermissions";
  struct Request {
    AuthorityArn certificate_authority_arn;
    std::optional<std::int32_t> max_results{};
    std::optional<std::string> next_token{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Request::certificate_authority_arn,
                                 arn_length, arn_pattern),
                   aws::optional("MaxResults", &Request::max_results, aws::range(1, 1000)),
                   aws::optional("NextToken", &Request::next_token, aws::length(1, 43739))};
  };
  struct Grant {
    std::string certificate_authority_arn;
    TimePoint created_at;
    std::string principal;
    std::string source_account;
    std::vector<PermittedAction> actions{};
    static constexpr auto fields =
        std::tuple{aws::required("CertificateAuthorityArn", &Grant::certificate_authority_arn),
                   aws::required("CreatedAt", &Grant::created_at),
                   aws::required("Principal", &Grant::principal),
                   aws::required("SourceAccount", &Grant::source_account),
                   aws::required("Actions", &Grant::actions)};
  };
  struct Response {
    std::optional<std::string> next_token{};
    std::vector<Grant> permissions{};
    static constexpr auto fields = std::tuple{aws::optional("NextToken", &Response::next_token),
                                              aws::always("Permissions", &Response::permissions)};
  };
  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidNextTokenException. InvalidStateException: the CA is deleted.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::acmpca
