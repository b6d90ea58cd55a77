#include "services/iam/operations/get_role_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access GetRolePolicy::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<GetRolePolicy::Response, ApiError> GetRolePolicy::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto role = role_holding(view, call, request.role_name);
    if (!role) return role.error();
    auto document = inline_document(view, *role, request.policy_name);
    if (!document) return document.error();
    return Response{role->name, request.policy_name, *std::move(document)};
  });
}

}  // namespace everseal::iam
