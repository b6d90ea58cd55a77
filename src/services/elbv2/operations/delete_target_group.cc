#include "services/elbv2/operations/delete_target_group.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {

aws::Access DeleteTargetGroup::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.target_group_arn);
}

Result<shapes::Nothing, ApiError> DeleteTargetGroup::operator()(const Request& request,
                                                                const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto group = own_target_group(tx, call, request.target_group_arn);
    if (!group && group.error().code == "TargetGroupNotFound") return shapes::Nothing{};
    if (!group) return group.error();
    const auto users = load_balancers_of(tx, group->arn);
    if (!users) return users.error();
    if (!users->empty()) {
      return in_use("Target group '" + group->arn +
                    "' is currently in use by a listener or a rule");
    }
    if (auto removed = remove_target_group(tx, group->arn); !removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
