#include "services/elbv2/operations/register_targets.h"

#include "services/elbv2/access.h"
#include "services/elbv2/actions.h"
#include "services/elbv2/addresses.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/target_group_rules.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {
namespace {

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

}  // namespace everseal::elbv2
