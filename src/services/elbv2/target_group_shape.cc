#include "services/elbv2/target_group_shape.h"

#include <utility>

namespace everseal::elbv2::shapes {

Result<TargetGroup> shown(sql::Snapshot& view, const elbv2::TargetGroup& group) {
  auto balancers = load_balancers_of(view, group.arn);
  if (!balancers) return balancers.error();
  const TargetGroupSettings& settings = group.settings;
  const HealthCheck& check = settings.health_check;
  return TargetGroup{.target_group_arn = group.arn,
                     .target_group_name = group.name,
                     .protocol = settings.protocol,
                     .port = settings.port,
                     .vpc_id = settings.vpc_id,
                     .health_check_protocol = check.protocol,
                     .health_check_port = check.port,
                     .health_check_enabled = check.enabled,
                     .health_check_interval_seconds = check.interval_seconds,
                     .health_check_timeout_seconds = check.timeout_seconds,
                     .healthy_threshold_count = check.healthy_threshold,
                     .unhealthy_threshold_count = check.unhealthy_threshold,
                     .health_check_path = check.path,
                     .matcher = check.matcher,
                     .load_balancer_arns = *std::move(balancers),
                     .target_type = settings.target_type,
                     .protocol_version = settings.protocol_version,
                     .ip_address_type = settings.ip_address_type};
}

Result<TargetGroups> shown_alone(sql::Snapshot& view, const elbv2::TargetGroup& group) {
  auto one = shown(view, group);
  if (!one) return one.error();
  return TargetGroups{{*std::move(one)}};
}

}  // namespace everseal::elbv2::shapes
