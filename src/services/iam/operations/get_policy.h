#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// GetPolicy: what a managed policy is called and how often it is attached; not what it says.
struct GetPolicy {
  static constexpr std::string_view name = "GetPolicy";
  struct Request {
    std::string policy_arn;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length)};
  };
  struct Response {
    shapes::Policy policy;
    static constexpr auto fields = std::tuple{aws::required("Policy", &Response::policy)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: neither the account nor AWS has a policy of that ARN.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
