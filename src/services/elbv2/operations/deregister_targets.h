#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/operations/register_targets.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// DeregisterTargets: they take no new requests. They drain for the group's delay if a load balancer
// uses the group. One without a port is deregistered from all its ports.
struct DeregisterTargets {
  static constexpr std::string_view name = "DeregisterTargets";
  using Request = RegisterTargets::Request;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // All or none. TargetGroupNotFound. InvalidTarget: one is not registered.
  Result<shapes::Nothing, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::elbv2
