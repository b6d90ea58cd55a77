#include "services/iam/operations/delete_group.h"

#include "services/iam/errors.h"
#include "services/iam/group_store.h"
#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access DeleteGroup::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<aws::Empty, ApiError> DeleteGroup::operator()(const Request& request,
                                                     const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = group_named(tx, call, request.group_name);
    if (!group) return group.error();
    const auto users = users_in_group(tx, group->id, /*after=*/"", /*limit=*/1);
    if (!users) return users.error();
    if (!users->empty()) return delete_first("must remove users from group first");
    const auto holds_nothing = check_no_policies(tx, group->holder());
    if (!holds_nothing) return holds_nothing.error();
    const auto removed = remove_group(tx, group->id);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
