#include "services/iam/operations/delete_user_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_limited_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> DeleteUserPolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return delete_inline(tx, directory, user_holding(tx, call, request.user_name),
                         request.policy_name);
  });
}

}  // namespace everseal::iam
