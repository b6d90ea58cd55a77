#include "services/iam/operations/detach_role_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DetachRolePolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_limited_role(database, call, request.role_name), request.policy_arn);
}

Result<aws::Empty, ApiError> DetachRolePolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return detach(tx, directory, role_holding(tx, call, request.role_name), request.policy_arn);
  });
}

}  // namespace everseal::iam
