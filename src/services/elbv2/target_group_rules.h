#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/target_group_store.h"

// What a target group may be told.
namespace everseal::elbv2 {

// What is said of health checks when a group is made or modified; the rest stays as it is.
struct SaidOfHealthChecks {
  std::optional<Protocol> health_check_protocol;
  std::optional<std::string> health_check_port;
  std::optional<bool> health_check_enabled;
  std::optional<std::string> health_check_path;
  std::optional<std::int32_t> health_check_interval_seconds;
  std::optional<std::int32_t> health_check_timeout_seconds;
  std::optional<std::int32_t> healthy_threshold_count;
  std::optional<std::int32_t> unhealthy_threshold_count;
  std::optional<shapes::Matcher> matcher;
  static constexpr auto fields = std::tuple{
      aws::optional("HealthCheckProtocol", &SaidOfHealthChecks::health_check_protocol),
      aws::optional("HealthCheckPort", &SaidOfHealthChecks::health_check_port),
      aws::optional("HealthCheckEnabled", &SaidOfHealthChecks::health_check_enabled),
      aws::optional("HealthCheckPath", &SaidOfHealthChecks::health_check_path,
                    aws::length(1, 1024)),
      aws::optional("HealthCheckIntervalSeconds",
                    &SaidOfHealthChecks::health_check_interval_seconds, aws::range(5, 300)),
      aws::optional("HealthCheckTimeoutSeconds", &SaidOfHealthChecks::health_check_timeout_seconds,
                    aws::range(2, 120)),
      aws::optional("HealthyThresholdCount", &SaidOfHealthChecks::healthy_threshold_count,
                    aws::range(2, 10)),
      aws::optional("UnhealthyThresholdCount", &SaidOfHealthChecks::unhealthy_threshold_count,
                    aws::range(2, 10)),
      aws::optional("Matcher", &SaidOfHealthChecks::matcher)};
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
