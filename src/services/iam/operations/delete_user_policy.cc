#include "services/iam/operations/delete_user_policy.h"

#include "services/iam/errors.h"
#include "services/iam/subjects.h"
#include "services/iam/user_policy_store.h"

namespace everseal::iam {

aws::Access DeleteUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> DeleteUserPolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto removed = remove_user_policy(tx, user->id, request.policy_name);
    if (!removed) return removed.error();
    if (*removed == 0) return no_such_user_policy(request.policy_name);
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
