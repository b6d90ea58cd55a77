#include "services/iam/operations/delete_policy.h"

#include "services/iam/errors.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access DeletePolicy::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<aws::Empty, ApiError> DeletePolicy::operator()(const Request& request,
                                                      const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    if (policy->attachments > 0 || policy->boundaries > 0) return policy_is_attached();
    const auto versions = policy_versions(tx, policy->arn);
    if (!versions) return versions.error();
    if (versions->size() > 1) return policy_has_versions();
    const auto untagged = remove_all_tags(tx, policy->id);
    if (!untagged) return untagged.error();
    const auto removed = remove_policy(tx, policy->arn);
    if (!removed) return removed.error();
    directory.forget_policies(tx, policy->arn);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
