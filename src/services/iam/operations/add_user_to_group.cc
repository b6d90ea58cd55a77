#include "services/iam/operations/add_user_to_group.h"

#include <cstdint>
#include <iterator>

#include "services/iam/errors.h"
#include "services/iam/group_store.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_groups = 10;

}  // namespace

aws::Access AddUserToGroup::access(const Request& request, const aws::Call& call) const {
  return on_group(database, call, request.group_name);
}

Result<aws::Empty, ApiError> AddUserToGroup::operator()(const Request& request,
                                                        const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = group_named(tx, call, request.group_name);
    if (!group) return group.error();
    const auto user = user_named(tx, call, request.user_name);
    if (!user) return user.error();
    const auto added = add_member(tx, group->id, user->id);
    if (!added) return added.error();
    const auto groups = groups_of_user(tx, user->id, /*after=*/"", most_groups + 1);
    if (!groups) return groups.error();
    if (std::ssize(*groups) > most_groups) return over_quota("GroupsPerUser", most_groups);
    directory.forget_policies(tx, user->id);
    return aws::Empty{};
  });
}

}  // namespace everseal::iam
