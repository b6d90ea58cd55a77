#include "services/iam/operations/set_default_policy_version.h"

#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access SetDefaultPolicyVersion::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<aws::Empty, ApiError> SetDefaultPolicyVersion::operator()(const Request& request,
                                                                 const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto number = version_called(tx, *policy, request.version_id);
    if (!number) return number.error();
    const auto set = set_default_version(tx, policy->arn, *number, clock.now());
    if (!set) return set.error();
    directory.forget_all_policies(tx);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
