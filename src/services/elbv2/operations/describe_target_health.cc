#include "services/elbv2/operations/describe_target_health.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "services/elbv2/target_group_rules.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {
namespace {

// What is known of one target.
Health health_of(const TargetGroup& group, const Target& target, bool is_used,
                 const Reports* reports) {
  if (target.deregistered_at) {
    return {TargetState::Draining, "Target.DeregistrationInProgress",
            "Target deregistration is in progress"};
  }
  if (!is_used) {
    return {TargetState::Unused, "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer"};
  }
  auto found = reports != nullptr ? reports->health_of(group.arn, target) : std::nullopt;
  if (found) return *std::move(found);
  return {TargetState::Initial, "Elb.RegistrationInProgress", "Target registration is in progress"};
}

DescribeTargetHealth::Description description_of(const TargetGroup& group, const Target& target,
                                                 const Health& health) {
  const std::string& port = group.settings.health_check.port;
  return {shown(target),
          port == "traffic-port" ? std::to_string(target.port) : port,
          {health.state, health.reason, health.description}};
}

DescribeTargetHealth::Description not_registered(const shapes::TargetDescription& described) {
  return {described,
          {},
          {TargetState::Unused, "Target.NotRegistered",
           "Target is not registered to the target group"}};
}

using Described = std::vector<DescribeTargetHealth::Description>;

Described chosen(const Described& all, const std::vector<shapes::TargetDescription>& wanted) {
  if (wanted.empty()) return all;
  Described some;
  for (const auto& each : wanted) {
    const auto before = some.size();
    std::ranges::copy_if(all, std::back_inserter(some), [&](const auto& description) {
      const auto& target = description.target;
      return target.id == each.id && (!each.port || each.port == target.port);
    });
    if (some.size() == before) some.push_back(not_registered(each));
  }
  return some;
}

}  // namespace

Result<DescribeTargetHealth::Response, ApiError> DescribeTargetHealth::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto group = own_target_group(view, call, request.target_group_arn);
    if (!group) return group.error();
    const auto users = load_balancers_of(view, group->arn);
    if (!users) return users.error();
    const auto targets = targets_of(view, group->arn, clock.now());
    if (!targets) return targets.error();
    Described all;
    for (const Target& target : *targets) {
      const Health health = health_of(*group, target, !users->empty(), reports);
      all.push_back(description_of(*group, target, health));
    }
    return Response{chosen(all, request.targets)};
  });
}

}  // namespace everseal::elbv2
