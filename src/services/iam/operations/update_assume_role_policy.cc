#include "services/iam/operations/update_assume_role_policy.h"

#include "services/iam/role_store.h"
#include "services/iam/subjects.h"
#include "services/iam/trust_policy.h"

namespace everseal::iam {

aws::Access UpdateAssumeRolePolicy::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<aws::Empty, ApiError> UpdateAssumeRolePolicy::operator()(const Request& request,
                                                                const aws::Call& call) const {
  const auto trust = read_trust_policy(request.policy_document);
  if (!trust) return trust.error();
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    const auto all_there = check_principals(tx, role->account, **trust);
    if (!all_there) return all_there.error();
    role->trust_policy = request.policy_document;
    const auto changed = change_role(tx, *role);
    if (!changed) return changed.error();
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
