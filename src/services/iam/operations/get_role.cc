#include "services/iam/operations/get_role.h"

#include <utility>

#include "services/iam/boundaries.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access GetRole::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<GetRole::Response, ApiError> GetRole::operator()(const Request& request,
                                                        const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto role = role_named(view, call, request.role_name);
    if (!role) return role.error();
    const auto tags = tags_of(view, role->id);
    if (!tags) return tags.error();
    auto boundary = shown_boundary(view, role->id);
    if (!boundary) return boundary.error();
    Response response{shapes::shown(*role, *tags)};
    response.role.permissions_boundary = *std::move(boundary);
    return response;
  });
}

}  // namespace everseal::iam
