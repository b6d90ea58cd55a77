#include "services/iam/operations/list_role_tags.h"

#include "services/iam/identifiers.h"
#include "services/iam/pages.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access ListRoleTags::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<ListRoleTags::Response, ApiError> ListRoleTags::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto role = role_named(view, call, request.role_name);
    if (!role) return role.error();
    const auto page = page_of(name, call, role->id, request.marker, request.max_items);
    if (!page) return page.error();
    auto tags = tags_of(view, role->id);
    if (!tags) return tags.error();
    std::erase_if(*tags, [&](const auto& tag) { return folded(tag.first) <= page->after(); });
    Response response;
    response.marker = page->cut(*tags, [](const auto& tag) { return folded(tag.first); });
    response.is_truncated = response.marker.has_value();
    response.tags = shapes::shown(*tags);
    return response;
  });
}

}  // namespace everseal::iam
