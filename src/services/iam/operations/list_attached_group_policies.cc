#include "services/iam/operations/list_attached_group_policies.h"

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListAttachedGroupPolicies::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<ListAttachedGroupPolicies::Response, ApiError> ListAttachedGroupPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_attached(view, call, group_holding(view, call, request.group_name),
                            request.path_prefix, {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
