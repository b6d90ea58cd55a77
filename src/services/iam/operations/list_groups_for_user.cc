#include "services/iam/operations/list_groups_for_user.h"

#include "services/iam/group_store.h"
#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListGroupsForUser::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListGroupsForUser::Response, ApiError> ListGroupsForUser::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_named(view, call, request.user_name);
    if (!user) return user.error();
    const auto page = page_of(name, call, user->id, request.marker, request.max_items);
    if (!page) return page.error();
    auto groups = groups_of_user(view, user->id, page->after(), page->limit());
    if (!groups) return groups.error();
    Response response;
    response.marker = page->cut(*groups, [](const Group& group) { return folded(group.name); });
    for (const Group& group : *groups) response.groups.push_back(shapes::shown(group));
    response.is_truncated = response.marker.has_value();
    return response;
  });
}

}  // namespace everseal::iam
