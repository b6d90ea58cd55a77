#include "services/iam/operations/delete_group_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteGroupPolicy::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<aws::Empty, ApiError> DeleteGroupPolicy::operator()(const Request& request,
                                                           const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) {
    return delete_inline(tx, directory, group_holding(tx, call, request.group_name),
                         request.policy_name);
  });
}

}  // namespace everseal::iam
