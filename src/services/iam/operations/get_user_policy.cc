#include "services/iam/operations/get_user_policy.h"

#include "encoding/percent.h"
#include "services/iam/errors.h"
#include "services/iam/subjects.h"
#include "services/iam/user_policy_store.h"

namespace everseal::iam {

aws::Access GetUserPolicy::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<GetUserPolicy::Response, ApiError> GetUserPolicy::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_named(view, call, request.user_name);
    if (!user) return user.error();
    const auto document = find_user_policy(view, user->id, request.policy_name);
    if (!document) return document.error();
    if (!*document) return no_such_user_policy(request.policy_name);
    return Response{user->name, request.policy_name, encoding::percent_encode(**document)};
  });
}

}  // namespace everseal::iam
