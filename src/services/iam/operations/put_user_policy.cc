#include "services/iam/operations/put_user_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access PutUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_limited_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> PutUserPolicy::operator()(const Request& request,
                                                       const aws::Call& call) const {
  const auto fine = check_identity_policy(request.policy_document);
  if (!fine) return fine.error();
  return database.write([&](sql::Transaction& tx) {
    return put_inline(tx, directory, user_holding(tx, call, request.user_name),
                      {request.policy_name, request.policy_document});
  });
}

}  // namespace everseal::iam
