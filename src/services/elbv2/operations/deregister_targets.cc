#include "services/elbv2/operations/deregister_targets.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {
namespace {

bool is_meant(const shapes::TargetDescription& described, const Target& target) {
  return described.id == target.id && (!described.port || *described.port == target.port);
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

}  // namespace

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

}  // namespace everseal::elbv2
