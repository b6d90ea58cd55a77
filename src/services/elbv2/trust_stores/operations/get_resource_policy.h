#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// GetResourcePolicy: with whom a trust store is shared. With nobody, so there is no policy.
struct GetResourcePolicy {
  static constexpr std::string_view name = "GetResourcePolicy";
  struct Request {
    std::string resource_arn;
    static constexpr auto fields = std::tuple{aws::required("ResourceArn", &Request::resource_arn)};
  };
  struct Response {
    std::optional<std::string> policy;
    static constexpr auto fields = std::tuple{aws::optional("Policy", &Response::policy)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFound: the caller's account has no trust store of that ARN in this region.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2::trust_stores
