#include "services/iam/operations/list_user_tags.h"

#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListUserTags::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListUserTags::Response, ApiError> ListUserTags::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto user = user_named(view, call, request.user_name);
    if (!user) return user.error();
    return page_of_tags(view, call, user->id, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
