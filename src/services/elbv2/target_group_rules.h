#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/target_group_store.h"

// What a target group may be told.
namespace everseal::elbv2 {

// What is said of health checks when a group is made or modified; the rest stays as it is.
struct SaidOfHealthChecks {
  std::optional<bool> enabled;
  std::optional<Protocol> protocol;
  std::optional<std::string> port;
  std::optional<std::string> path;
  std::optional<std::int32_t> interval_seconds;
  std::optional<std::int32_t> timeout_seconds;
  std::optional<std::int32_t> healthy_threshold;
  std::optional<std::int32_t> unhealthy_threshold;
  std::optional<shapes::Matcher> matcher;
};
HealthCheck usual_health_check(std::string_view protocol_version);
HealthCheck changed(HealthCheck check, const SaidOfHealthChecks& said);

// ValidationError: the check is switched off, its timeout is not below its interval, its protocol,
// port, path or matcher are none.
Result<void, ApiError> check_health_check(const TargetGroupSettings& settings);

// A target that the group can have, its port filled in. InvalidTarget: an instance, an address of
// the other kind.
Result<Target, ApiError> target_for(const TargetGroup& group,
                                    const shapes::TargetDescription& described);

shapes::TargetDescription shown(const Target& target);

}  // namespace everseal::elbv2
