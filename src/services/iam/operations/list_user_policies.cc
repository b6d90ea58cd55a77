#include "services/iam/operations/list_user_policies.h"

#include <utility>

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListUserPolicies::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<ListUserPolicies::Response, ApiError> ListUserPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_inline(view, call, user_holding(view, call, request.user_name),
                          {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
