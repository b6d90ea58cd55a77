#include "services/iam/operations/detach_user_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DetachUserPolicy::access(const Request& request, const aws::Call& call) const {
  return with_policy_arn(on_limited_user(database, call, request.user_name), request.policy_arn);
}

Result<aws::Empty, ApiError> DetachUserPolicy::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return detach(tx, directory, user_holding(tx, call, request.user_name), request.policy_arn);
  });
}

}  // namespace everseal::iam
