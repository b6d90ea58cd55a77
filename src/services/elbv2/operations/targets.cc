#include "services/elbv2/operations/targets.h"

#include <algorithm>

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/addresses.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/target_group_rules.h"

namespace everseal::elbv2 {
namespace {

bool is_meant(const shapes::TargetDescription& described, const Target& target) {
  return described.id == target.id && (!described.port || *described.port == target.port);
}

Result<void, ApiError> add_all(sql::Transaction& tx, const TargetGroup& group,
                               const std::vector<shapes::TargetDescription>& described,
                               TimePoint now) {
  for (const auto& each : described) {
    auto target = target_for(group, each);
    if (!target) return target.error();
    target->registered_at = now;
    if (auto added = add_target(tx, group.arn, *target); !added) return added.error();
  }
  const auto count = count_targets(tx, group.arn);
  if (!count) return count.error();
  if (*count > limits::targets) return too_many_targets();
  const auto kept = count_kept_targets(tx, group.arn);
  if (!kept) return kept.error();
  if (*kept > limits::kept_targets) return too_many_targets();
  return {};
}

Result<void, ApiError> check_users(sql::Snapshot& view, const TargetGroup& group) {
  const auto balancers = load_balancers_of(view, group.arn);
  if (!balancers) return balancers.error();
  for (const std::string& balancer : *balancers) {
    if (auto fine = check_load(view, balancer); !fine) return fine;
  }
  return {};
}

// Takes the targets that are meant out of the group: at once, or with time to drain.
class Deregistration {
 public:
  Deregistration(sql::Transaction& tx, const TargetGroup& group, TimePoint now)
      : tx_(tx), group_(group), now_(now) {}

  Result<void, ApiError> run(const std::vector<shapes::TargetDescription>& described) {
    const auto users = load_balancers_of(tx_, group_.arn);
    if (!users) return users.error();
    drains_ = !users->empty();
    const auto targets = targets_of(tx_, group_.arn, now_);
    if (!targets) return targets.error();
    for (const auto& each : described) {
      const auto gone = take_out(each, *targets);
      if (!gone) return gone.error();
      if (!*gone) return bad_target("The target '" + each.id + "' is not registered");
    }
    return {};
  }

 private:
  // Whether any was meant.
  Result<bool> take_out(const shapes::TargetDescription& described,
                        const std::vector<Target>& targets) {
    bool any = false;
    for (const Target& target : targets) {
      if (!is_meant(described, target)) continue;
      any = true;
      const auto done = drains_ ? drain_target(tx_, group_.arn, target, now_)
                                : remove_target(tx_, group_.arn, target);
      if (!done) return done;
    }
    return any;
  }

  sql::Transaction& tx_;
  const TargetGroup& group_;
  const TimePoint now_;
  bool drains_ = false;
};

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

Result<void, ApiError> check_reach(const RegisterTargets::Request& request, bool takes_loopback) {
  for (const auto& target : request.targets) {
    if (takes_loopback || !is_loopback(target.id)) continue;
    return bad_target("The IP address '" + target.id +
                      "' is on loopback, where targets can be if the setting "
                      "load_balancers.loopback_targets is true");
  }
  return {};
}

}  // namespace

aws::Access RegisterTargets::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.target_group_arn);
}

Result<shapes::Nothing, ApiError> RegisterTargets::operator()(const Request& request,
                                                              const aws::Call& call) const {
  if (request.targets.empty()) return invalid("At least one target must be specified");
  if (auto fine = check_reach(request, takes_loopback); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto group = own_target_group(tx, call, request.target_group_arn);
    if (!group) return group.error();
    const TimePoint now = clock.now();
    if (auto forgot = forget_drained(tx, group->arn, now); !forgot) return forgot.error();
    const auto added = add_all(tx, *group, request.targets, now);
    if (!added) return added.error();
    if (auto fine = check_users(tx, *group); !fine) return fine.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

aws::Access DeregisterTargets::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.target_group_arn);
}

Result<shapes::Nothing, ApiError> DeregisterTargets::operator()(const Request& request,
                                                                const aws::Call& call) const {
  if (request.targets.empty()) return invalid("At least one target must be specified");
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto group = own_target_group(tx, call, request.target_group_arn);
    if (!group) return group.error();
    const TimePoint now = clock.now();
    if (auto forgot = forget_drained(tx, group->arn, now); !forgot) return forgot.error();
    const auto done = Deregistration(tx, *group, now).run(request.targets);
    if (!done) return done.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

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
