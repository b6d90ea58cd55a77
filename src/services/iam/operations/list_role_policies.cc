#include "services/iam/operations/list_role_policies.h"

#include <utility>

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListRolePolicies::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<ListRolePolicies::Response, ApiError> ListRolePolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_inline(view, call, role_holding(view, call, request.role_name),
                          {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
