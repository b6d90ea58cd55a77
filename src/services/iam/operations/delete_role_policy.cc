#include "services/iam/operations/delete_role_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteRolePolicy::access(const Request& request, const aws::Call& call) const {
  return on_limited_role(database, call, request.role_name);
}

Result<aws::Empty, ApiError> DeleteRolePolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return delete_inline(tx, directory, role_holding(tx, call, request.role_name),
                         request.policy_name);
  });
}

}  // namespace everseal::iam
