#include "services/iam/operations/list_attached_user_policies.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListAttachedUserPolicies::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListAttachedUserPolicies::Response, ApiError> ListAttachedUserPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_attached(view, call, user_holding(view, call, request.user_name),
                            request.path_prefix, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
