#include "services/iam/operations/delete_user.h"

#include "services/iam/access_key_store.h"
#include "services/iam/boundary_store.h"
#include "services/iam/errors.h"
#include "services/iam/group_store.h"
#include "services/iam/held_policies.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"
#include "services/iam/user_store.h"

namespace everseal::iam {
namespace {

Result<void, ApiError> check_holds_nothing(sql::Snapshot& view, const User& user) {
  const auto keys = list_access_keys(view, user.id, /*after=*/"", /*limit=*/1);
  if (!keys) return keys.error();
  if (!keys->empty()) return delete_first("must delete access keys first");
  const auto groups = groups_of_user(view, user.id, /*after=*/"", /*limit=*/1);
  if (!groups) return groups.error();
  if (!groups->empty()) return delete_first("must remove users from group first");
  return check_no_policies(view, user.holder());
}

}  // namespace

aws::Access DeleteUser::access(const Request& request, const aws::Call& call) const {
  return on_user(database, call, request.user_name);
}

Result<aws::Empty, ApiError> DeleteUser::operator()(const Request& request,
                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto holds_nothing = check_holds_nothing(tx, *user);
    if (!holds_nothing) return holds_nothing.error();
    const auto unlimited = remove_boundary(tx, user->id);
    if (!unlimited) return unlimited.error();
    const auto untagged = remove_all_tags(tx, user->id);
    if (!untagged) return untagged.error();
    const auto removed = remove_user(tx, user->id);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
