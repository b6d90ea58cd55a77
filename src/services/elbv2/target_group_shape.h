#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "services/elbv2/shapes.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2::shapes {

struct TargetGroup {
  std::string target_group_arn;
  std::string target_group_name;
  Protocol protocol = Protocol::Http;
  std::int32_t port = 0;
  std::optional<std::string> vpc_id;
  Protocol health_check_protocol = Protocol::Http;
  std::string health_check_port;
  bool health_check_enabled = true;
  std::int32_t health_check_interval_seconds = 0;
  std::int32_t health_check_timeout_seconds = 0;
  std::int32_t healthy_threshold_count = 0;
  std::int32_t unhealthy_threshold_count = 0;
  std::string health_check_path;
  Matcher matcher;
  std::vector<std::string> load_balancer_arns;
  TargetType target_type = TargetType::Instance;
  std::string protocol_version;
  TargetAddressType ip_address_type = TargetAddressType::Ipv4;
  static constexpr auto fields = std::tuple{
      aws::required("TargetGroupArn", &TargetGroup::target_group_arn),
      aws::required("TargetGroupName", &TargetGroup::target_group_name),
      aws::required("Protocol", &TargetGroup::protocol),
      aws::required("Port", &TargetGroup::port),
      aws::optional("VpcId", &TargetGroup::vpc_id),
      aws::required("HealthCheckProtocol", &TargetGroup::health_check_protocol),
      aws::required("HealthCheckPort", &TargetGroup::health_check_port),
      aws::required("HealthCheckEnabled", &TargetGroup::health_check_enabled),
      aws::required("HealthCheckIntervalSeconds", &TargetGroup::health_check_interval_seconds),
      aws::required("HealthCheckTimeoutSeconds", &TargetGroup::health_check_timeout_seconds),
      aws::required("HealthyThresholdCount", &TargetGroup::healthy_threshold_count),
      aws::required("UnhealthyThresholdCount", &TargetGroup::unhealthy_threshold_count),
      aws::required("HealthCheckPath", &TargetGroup::health_check_path),
      aws::required("Matcher", &TargetGroup::matcher),
      aws::always("LoadBalancerArns", &TargetGroup::load_balancer_arns),
      aws::required("TargetType", &TargetGroup::target_type),
      aws::required("ProtocolVersion", &TargetGroup::protocol_version),
      aws::required("IpAddressType", &TargetGroup::ip_address_type)};
};

struct TargetGroups {
  std::vector<TargetGroup> target_groups;
  static constexpr auto fields =
      std::tuple{aws::always("TargetGroups", &TargetGroups::target_groups)};
};

// With the load balancers that use it.
Result<TargetGroup> shown(sql::Snapshot& view, const elbv2::TargetGroup& group);
Result<TargetGroups> shown_alone(sql::Snapshot& view, const elbv2::TargetGroup& group);

}  // namespace everseal::elbv2::shapes
