#include "services/iam/operations/get_group_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access GetGroupPolicy::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<GetGroupPolicy::Response, ApiError> GetGroupPolicy::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto group = group_holding(view, call, request.group_name);
    if (!group) return group.error();
    auto document = inline_document(view, *group, request.policy_name);
    if (!document) return document.error();
    return Response{group->name, request.policy_name, *std::move(document)};
  });
}

}  // namespace everseal::iam
