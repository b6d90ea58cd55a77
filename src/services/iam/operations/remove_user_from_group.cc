#include "services/iam/operations/remove_user_from_group.h"

#include "services/iam/errors.h"
#include "services/iam/group_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {

aws::Access RemoveUserFromGroup::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<aws::Empty, ApiError> RemoveUserFromGroup::operator()(const Request& request,
                                                             const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = group_named(tx, call, request.group_name);
    if (!group) return group.error();
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto removed = remove_member(tx, group->id, user->id);
    if (!removed) return removed.error();
    if (!*removed) return no_such_member(group->name, user->name);
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
