#include "services/iam/operations/list_attached_role_policies.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListAttachedRolePolicies::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<ListAttachedRolePolicies::Response, ApiError> ListAttachedRolePolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_attached(view, call, role_holding(view, call, request.role_name),
                            request.path_prefix, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
