#include "services/iam/operations/get_policy.h"

#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access GetPolicy::access(const Request& request, const aws::Call& call) const {
  return on_policy(database, call, request.policy_arn);
}

Result<GetPolicy::Response, ApiError> GetPolicy::operator()(const Request& request,
                                                            const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto policy = policy_called(view, call, request.policy_arn);
    if (!policy) return policy.error();
    const auto tags = tags_of(view, policy->id);
    if (!tags) return tags.error();
    return Response{shapes::shown(*policy, *tags)};
  });
}

}  // namespace everseal::iam
