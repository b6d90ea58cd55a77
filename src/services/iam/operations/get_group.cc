#include "services/iam/operations/get_group.h"

#include "services/iam/group_store.h"
#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access GetGroup::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<GetGroup::Response, ApiError> GetGroup::operator()(const Request& request,
                                                          const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto group = group_named(view, call, request.group_name);
    if (!group) return group.error();
    const auto page = page_of(name, call, group->id, request.marker, request.max_items);
    if (!page) return page.error();
    auto users = users_in_group(view, group->id, page->after(), page->limit());
    if (!users) return users.error();
    Response response;
    response.group = shapes::shown(*group);
    response.marker = page->cut(*users, [](const User& user) { return folded(user.name); });
    for (const User& user : *users) response.users.push_back(shapes::shown(user, {}));
    response.is_truncated = response.marker.has_value();
    return response;
  });
}

}  // namespace everseal::iam
