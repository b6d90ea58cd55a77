#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// RegisterTargets: requests go to them from now on.
struct RegisterTargets {
  static constexpr std::string_view name = "RegisterTargets";
  struct Request {
    std::string target_group_arn;
    std::vector<shapes::TargetDescription> targets;
    static constexpr auto fields =
        std::tuple{aws::required("TargetGroupArn", &Request::target_group_arn),
                   aws::required("Targets", &Request::targets)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none. TargetGroupNotFound. InvalidTarget: an instance; no address of the group's kind.
  // TooManyTargets: the group, or a load balancer that uses it, would have more than 1000; or the
  // group more than 2000 with those that still drain.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  bool takes_loopback = false;  // targets that only this machine reaches
};

}  // namespace everseal::elbv2
