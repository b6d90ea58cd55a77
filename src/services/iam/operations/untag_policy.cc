#include "services/iam/operations/untag_policy.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access UntagPolicy::access(const Request& request, const aws::Call& call) const {
  return with_tag_keys(on_policy(database, call, request.policy_arn), request.tag_keys);
}

Result<aws::Empty, ApiError> UntagPolicy::operator()(const Request& request,
                                                     const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto taken = take_tags(tx, policy->id, request.tag_keys);
    if (!taken) return taken.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
