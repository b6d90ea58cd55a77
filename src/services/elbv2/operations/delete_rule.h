#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DeleteRule.
struct DeleteRule {
  static constexpr std::string_view name = "DeleteRule";
  struct Request {
    std::string rule_arn;
    static constexpr auto fields = std::tuple{aws::required("RuleArn", &Request::rule_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // RuleNotFound. OperationNotPermitted: the default rule.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
