#include "services/iam/operations/detach_group_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DetachGroupPolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_group(database, call, request.group_name), request.policy_arn);
}

Result<aws::Empty, ApiError> DetachGroupPolicy::operator()(const Request& request,
                                                           const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return detach(tx, directory, group_holding(tx, call, request.group_name), request.policy_arn);
  });
}

}  // namespace everseal::iam
