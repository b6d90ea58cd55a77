#include "services/iam/operations/attach_role_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access AttachRolePolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_limited_role(database, call, request.role_name), request.policy_arn);
}

Result<aws::Empty, ApiError> AttachRolePolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return attach(tx, directory, call, role_holding(tx, call, request.role_name),
                  request.policy_arn);
  });
}

}  // namespace everseal::iam
