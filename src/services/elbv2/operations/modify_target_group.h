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
#include "services/elbv2/target_group_rules.h"
#include "services/elbv2/target_group_shape.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// ModifyTargetGroup: how its targets are checked.
struct ModifyTargetGroup {
  static constexpr std::string_view name = "ModifyTargetGroup";
  struct Request : SaidOfHealthChecks {
    std::string target_group_arn;
    static constexpr auto fields =
        std::tuple_cat(std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn)},
                       SaidOfHealthChecks::fields);
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // TargetGroupNotFound. ValidationError: as CreateTargetGroup.
  Result<shapes::TargetGroups, ApiError> operator()(const Request& request,
                                                    const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::elbv2
