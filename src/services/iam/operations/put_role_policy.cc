#include "services/iam/operations/put_role_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access PutRolePolicy::access(const Request& request, const aws::Call& call) const {
  return on_limited_role(database, call, request.role_name);
}

Result<aws::Empty, ApiError> PutRolePolicy::operator()(const Request& request,
                                                       const aws::Call& call) const {
  const auto fine = check_identity_policy(request.policy_document);
  if (!fine) return fine.error();
  return database.write([&](sql::Transaction& tx) {
    return put_inline(tx, directory, role_holding(tx, call, request.role_name),
                      {request.policy_name, request.policy_document});
  });
}

}  // namespace everseal::iam
