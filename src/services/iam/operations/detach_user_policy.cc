#include "services/iam/operations/detach_user_policy.h"

#include "services/iam/errors.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DetachUserPolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_user(database, call, request.user_name), request.policy_arn);
}

Result<aws::Empty, ApiError> DetachUserPolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto detached = detach_policy(tx, user->id, request.policy_arn);
    if (!detached) return detached.error();
    if (*detached == 0) return no_such_attachment(request.policy_arn);
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
