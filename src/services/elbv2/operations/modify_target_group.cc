#include "services/elbv2/operations/modify_target_group.h"

#include <utility>

#include "services/elbv2/access.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/target_group_store.h"

namespace everseal::elbv2 {

aws::Access ModifyTargetGroup::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.target_group_arn);
}

Result<shapes::TargetGroups, ApiError> ModifyTargetGroup::operator()(const Request& request,
                                                                     const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::TargetGroups, ApiError> {
    auto group = own_target_group(tx, call, request.target_group_arn);
    if (!group) return group.error();
    auto& check = group->settings.health_check;
    check = changed(check, request);
    if (auto fine = check_health_check(group->settings); !fine) return fine.error();
    if (auto kept = change_target_group(tx, *group); !kept) return kept.error();
    announce_change(tx);
    auto answer = shapes::shown_alone(tx, *group);
    if (!answer) return answer.error();
    return *std::move(answer);
  });
}

}  // namespace everseal::elbv2
