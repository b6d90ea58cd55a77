#include "services/iam/operations/list_user_policies.h"

#include <utility>

#include "services/iam/pages.h"
#include "services/iam/subjects.h"
#include "services/iam/user_policy_store.h"

namespace everseal::iam {

aws::Access ListUserPolicies::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListUserPolicies::Response, ApiError> ListUserPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_named(view, call, request.user_name);
    if (!user) return user.error();
    const auto page = Page::of(name, call, user->id, request.marker, request.max_items);
    if (!page) return page.error();
    auto names = list_user_policy_names(view, user->id, page->after(), page->limit());
    if (!names) return names.error();
    Response response;
    response.marker = page->cut(*names, [](const std::string& policy) { return policy; });
    response.is_truncated = response.marker.has_value();
    response.policy_names = *std::move(names);
    return response;
  });
}

}  // namespace everseal::iam
