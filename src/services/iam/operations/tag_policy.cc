#include "services/iam/operations/tag_policy.h"

#include "services/iam/subjects.h"
#include "services/iam/tagging.h"

namespace everseal::iam {

aws::Access TagPolicy::access(const Request& request, const aws::Call& call) const {
  return with_tags(on_policy(database, call, request.policy_arn), request.tags);
}

Result<aws::Empty, ApiError> TagPolicy::operator()(const Request& request,
                                                   const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto policy = own_policy_called(tx, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto tagged = add_tags(tx, policy->id, request.tags, "TagsPerPolicy");
    if (!tagged) return tagged.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
