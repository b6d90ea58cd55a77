#include "services/elbv2/data_plane/target_health.h"

namespace everseal::elbv2::data_plane {
namespace {

Health unhealthy(const gateway::TargetHealth& found) {
  switch (found.reason) {
    case gateway::HealthReason::Timeout:
      return {TargetState::Unhealthy, "Target.Timeout", "Request timed out"};
    case gateway::HealthReason::ResponseCodeMismatch:
      return {TargetState::Unhealthy, "Target.ResponseCodeMismatch",
              "Health checks failed with these codes: [" +
                  (found.code ? std::to_string(*found.code) : "") + "]"};
    case gateway::HealthReason::None:
    case gateway::HealthReason::FailedChecks:
      break;
  }
  return {TargetState::Unhealthy, "Target.FailedHealthChecks", "Health checks failed"};
}

}  // namespace

Health shown(const gateway::TargetHealth& found) {
  switch (found.health) {
    case gateway::Health::Healthy:
      return {TargetState::Healthy, {}, {}};
    case gateway::Health::Unhealthy:
      return unhealthy(found);
    case gateway::Health::Draining:
      return {TargetState::Draining, "Target.DeregistrationInProgress",
              "Target deregistration is in progress"};
    case gateway::Health::Unchecked:
      return {TargetState::Unavailable, "Target.HealthCheckDisabled",
              "Health checks are disabled for this target"};
    case gateway::Health::Initial:
      break;
  }
  return {TargetState::Initial, "Elb.InitialHealthChecking", "Initial health checks in progress"};
}

}  // namespace everseal::elbv2::data_plane
