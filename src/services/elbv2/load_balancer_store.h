#pragma once

#include <cstdint>
#include <optional>
#include <set>
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

class Reports;

// What was said of the network. Everseal has none of these: they are kept and shown.
struct Networking {
  std::vector<shapes::SubnetMapping> subnets;  // each with its id
  std::vector<std::string> security_groups;
  friend bool operator==(const Networking&, const Networking&) = default;
  static constexpr auto fields =
      std::tuple{aws::optional("Subnets", &Networking::subnets),
                 aws::optional("SecurityGroups", &Networking::security_groups)};
};

struct LoadBalancer {
  std::string arn;
  std::string account;
  std::string region;
  std::string name;
  std::string dns_name;
  Scheme scheme = Scheme::InternetFacing;
  IpAddressType ip_address_type = IpAddressType::Ipv4;
  Networking networking;
  std::string address;  // where it listens
  TimePoint created_at{};
};

// `reports` may be null.
shapes::LoadBalancer shown(const LoadBalancer& balancer, const Reports* reports);
std::vector<shapes::AvailabilityZone> zones_of(const LoadBalancer& balancer);

// Announced, with 0, after anything that a data plane carries out was changed; of what is kept
// here.
inline constexpr std::string_view change_topic = "elbv2.changed";
void announce_change(sql::Transaction& tx);

Result<std::optional<LoadBalancer>> find_load_balancer(sql::Snapshot& view, std::string_view arn);
Result<std::optional<LoadBalancer>> find_load_balancer_named(sql::Snapshot& view,
                                                             std::string_view account,
                                                             std::string_view region,
                                                             std::string_view name);
// The caller's. ValidationError: not the ARN of one. LoadBalancerNotFound.
Result<LoadBalancer, ApiError> own_load_balancer(sql::Snapshot& view, const aws::Call& call,
                                                 std::string_view arn);

// By name, after that one.
Result<std::vector<LoadBalancer>> list_load_balancers(sql::Snapshot& view, std::string_view account,
                                                      std::string_view region,
                                                      std::string_view after, std::int64_t limit);
Result<std::int64_t> count_load_balancers(sql::Snapshot& view, std::string_view account,
                                          std::string_view region);

// Of all accounts and regions.
Result<std::set<std::string>> taken_addresses(sql::Snapshot& view);

// Conflict: the name is taken.
Outcome add_load_balancer(sql::Transaction& tx, const LoadBalancer& balancer);
// Its kind of addresses and its networking.
Outcome change_load_balancer(sql::Transaction& tx, const LoadBalancer& balancer);
// With its attributes and tags. It has no listeners any more.
Outcome remove_load_balancer(sql::Transaction& tx, std::string_view arn);

}  // namespace everseal::elbv2
