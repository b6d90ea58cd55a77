#include "services/iam/operations/list_group_policies.h"

#include <utility>

#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access ListGroupPolicies::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<ListGroupPolicies::Response, ApiError> ListGroupPolicies::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) {
    return page_of_inline(view, call, group_holding(view, call, request.group_name),
                          {name, request.marker, request.max_items});
  });
}

}  // namespace everseal::iam
