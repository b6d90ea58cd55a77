#include "services/iam/operations/put_group_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access PutGroupPolicy::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<aws::Empty, ApiError> PutGroupPolicy::operator()(const Request& request,
                                                        const aws::Call& call) const {
  const auto fine = check_identity_policy(request.policy_document);
  if (!fine) return fine.error();
  return database.write([&](sql::Transaction& tx) {
    return put_inline(tx, directory, group_holding(tx, call, request.group_name),
                      {request.policy_name, request.policy_document});
  });
}

}  // namespace everseal::iam
