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

// DeleteTargetGroup: with its targets. Done also if it is not there.
struct DeleteTargetGroup {
  static constexpr std::string_view name = "DeleteTargetGroup";
  struct Request {
    std::string target_group_arn;
    static constexpr auto fields =
        std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceInUse: a listener or rule forwards to it.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
