#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/elbv2/enums.h"
#include "services/elbv2/shapes.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// How it is found out which targets are well.
struct HealthCheck {
  bool enabled = true;
  Protocol protocol = Protocol::Http;
  std::string port = "traffic-port";  // or a number
  std::string path = "/";
  std::int32_t interval_seconds = 30;
  std::int32_t timeout_seconds = 5;
  std::int32_t healthy_threshold = 5;
  std::int32_t unhealthy_threshold = 2;
  shapes::Matcher matcher;
  friend bool operator==(const HealthCheck&, const HealthCheck&) = default;
  static constexpr auto fields =
      std::tuple{aws::required("Enabled", &HealthCheck::enabled),
                 aws::required("Protocol", &HealthCheck::protocol),
                 aws::required("Port", &HealthCheck::port),
                 aws::required("Path", &HealthCheck::path),
                 aws::required("IntervalSeconds", &HealthCheck::interval_seconds),
                 aws::required("TimeoutSeconds", &HealthCheck::timeout_seconds),
                 aws::required("HealthyThreshold", &HealthCheck::healthy_threshold),
                 aws::required("UnhealthyThreshold", &HealthCheck::unhealthy_threshold),
                 aws::required("Matcher", &HealthCheck::matcher)};
};

struct TargetGroupSettings {
  Protocol protocol = Protocol::Http;      // Http or Https
  std::string protocol_version = "HTTP1";  // HTTP2, GRPC
  std::int32_t port = 80;                  // of targets that say none
  std::optional<std::string> vpc_id;
  TargetType target_type = TargetType::Instance;  // or Ip
  TargetAddressType ip_address_type = TargetAddressType::Ipv4;
  HealthCheck health_check;
  friend bool operator==(const TargetGroupSettings&, const TargetGroupSettings&) = default;
  static constexpr auto fields =
      std::tuple{aws::required("Protocol", &TargetGroupSettings::protocol),
                 aws::required("ProtocolVersion", &TargetGroupSettings::protocol_version),
                 aws::required("Port", &TargetGroupSettings::port),
                 aws::optional("VpcId", &TargetGroupSettings::vpc_id),
                 aws::required("TargetType", &TargetGroupSettings::target_type),
                 aws::required("IpAddressType", &TargetGroupSettings::ip_address_type),
                 aws::required("HealthCheck", &TargetGroupSettings::health_check)};
};

struct TargetGroup {
  std::string arn;
  std::string account;
  std::string region;
  std::string name;
  TargetGroupSettings settings;
};

Result<std::optional<TargetGroup>> find_target_group(sql::Snapshot& view, std::string_view arn);
Result<std::optional<TargetGroup>> find_target_group_named(sql::Snapshot& view,
                                                           std::string_view account,
                                                           std::string_view region,
                                                           std::string_view name);
// The caller's. ValidationError: not the ARN of one. TargetGroupNotFound.
Result<TargetGroup, ApiError> own_target_group(sql::Snapshot& view, const aws::Call& call,
                                               std::string_view arn);
// By name, after that one.
Result<std::vector<TargetGroup>> list_target_groups(sql::Snapshot& view, std::string_view account,
                                                    std::string_view region, std::string_view after,
                                                    std::int64_t limit);
// Those that rules of the load balancer forward to, by name, after that one.
Result<std::vector<TargetGroup>> list_target_groups_of(sql::Snapshot& view,
                                                       std::string_view load_balancer_arn,
                                                       std::string_view after, std::int64_t limit);
Result<std::int64_t> count_target_groups(sql::Snapshot& view, std::string_view account,
                                         std::string_view region);
// The load balancers whose rules forward to it.
Result<std::vector<std::string>> load_balancers_of(sql::Snapshot& view,
                                                   std::string_view target_group_arn);

// Conflict: the name is taken.
Outcome add_target_group(sql::Transaction& tx, const TargetGroup& group);
Outcome change_target_group(sql::Transaction& tx, const TargetGroup& group);
// With its targets, attributes and tags. Nothing forwards to it any more.
Outcome remove_target_group(sql::Transaction& tx, std::string_view arn);

struct Target {
  std::string id;  // an IP address
  std::int32_t port = 0;
  std::optional<std::string> zone;
  TimePoint registered_at{};
  std::optional<TimePoint> deregistered_at;  // it takes no new requests
};

// By id and port, those that drain among them until the group's delay is over.
Result<std::vector<Target>> targets_of(sql::Snapshot& view, std::string_view target_group_arn,
                                       TimePoint now);
// Registered ones.
Result<std::int64_t> count_targets(sql::Snapshot& view, std::string_view target_group_arn);
// With those that drain.
Result<std::int64_t> count_kept_targets(sql::Snapshot& view, std::string_view target_group_arn);
// Anew, if it drains.
Outcome add_target(sql::Transaction& tx, std::string_view target_group_arn, const Target& target);
// It drains from now on. Whether it was registered.
Result<bool> drain_target(sql::Transaction& tx, std::string_view target_group_arn,
                          const Target& target, TimePoint now);
// Whether it was registered.
Result<bool> remove_target(sql::Transaction& tx, std::string_view target_group_arn,
                           const Target& target);
// The rows of those whose time to drain is over.
Outcome forget_drained(sql::Transaction& tx, std::string_view target_group_arn, TimePoint now);

}  // namespace everseal::elbv2
