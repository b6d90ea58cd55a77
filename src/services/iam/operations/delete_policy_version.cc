#include "services/iam/operations/delete_policy_version.h"

#include "services/iam/errors.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeletePolicyVersion::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<aws::Empty, ApiError> DeletePolicyVersion::operator()(const Request& request,
                                                             const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto number = version_called(tx, *policy, request.version_id);
    if (!number) return number.error();
    if (*number == policy->default_version) return version_is_default();
    const auto removed = remove_version(tx, policy->arn, *number);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
