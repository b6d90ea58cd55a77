#include "services/iam/operations/list_role_tags.h"

#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListRoleTags::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<ListRoleTags::Response, ApiError> ListRoleTags::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto role = role_named(view, call, request.role_name);
    if (!role) return role.error();
    return page_of_tags(view, call, role->id, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
