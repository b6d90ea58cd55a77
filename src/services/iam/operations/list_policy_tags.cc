#include "services/iam/operations/list_policy_tags.h"

#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListPolicyTags::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<ListPolicyTags::Response, ApiError> ListPolicyTags::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto policy = policy_called(view, call, request.policy_arn);
    if (!policy) return policy.error();
    return page_of_tags(view, call, policy->id, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
