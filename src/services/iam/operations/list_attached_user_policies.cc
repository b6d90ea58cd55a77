#include "services/iam/operations/list_attached_user_policies.h"

#include "services/iam/pages.h"
#include "services/iam/policy_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListAttachedUserPolicies::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListAttachedUserPolicies::Response, ApiError> ListAttachedUserPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  const std::string prefix = request.path_prefix.value_or("/");
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_named(view, call, request.user_name);
    if (!user) return user.error();
    const auto page =
        Page::of(name, call, user->id + " " + prefix, request.marker, request.max_items);
    if (!page) return page.error();
    auto attachments = attachments_of(view, user->id);
    if (!attachments) return attachments.error();
    std::erase_if(*attachments, [&](const Attachment& each) {
      return each.policy_arn <= page->after() || !each.policy_path.starts_with(prefix);
    });
    Response response;
    response.marker =
        page->cut(*attachments, [](const Attachment& each) { return each.policy_arn; });
    response.is_truncated = response.marker.has_value();
    for (const Attachment& each : *attachments) {
      response.attached_policies.push_back({each.policy_name, each.policy_arn});
    }
    return response;
  });
}

}  // namespace everseal::iam
