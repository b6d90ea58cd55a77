#include "services/iam/operations/delete_role.h"

#include "services/iam/boundary_store.h"
#include "services/iam/held_policies.h"
#include "services/iam/role_store.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {

aws::Access DeleteRole::access(const Request& request, const aws::Call& call) const {
  return on_role(database, call, request.role_name);
}

Result<aws::Empty, ApiError> DeleteRole::operator()(const Request& request,
                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto role = role_named(tx, call, request.role_name);
    if (!role) return role.error();
    const auto holds_nothing = check_no_policies(tx, role->holder());
    if (!holds_nothing) return holds_nothing.error();
    const auto unlimited = remove_boundary(tx, role->id);
    if (!unlimited) return unlimited.error();
    const auto untagged = remove_all_tags(tx, role->id);
    if (!untagged) return untagged.error();
    const auto removed = remove_role(tx, role->id);
    if (!removed) return removed.error();
    directory.forget_role(tx, role->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
