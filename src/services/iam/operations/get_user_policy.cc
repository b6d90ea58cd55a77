#include "services/iam/operations/get_user_policy.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access GetUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<GetUserPolicy::Response, ApiError> GetUserPolicy::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_holding(view, call, request.user_name);
    if (!user) return user.error();
    auto document = inline_document(view, *user, request.policy_name);
    if (!document) return document.error();
    return Response{user->name, request.policy_name, *std::move(document)};
  });
}

}  // namespace everseal::iam
