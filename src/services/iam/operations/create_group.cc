#include "services/iam/operations/create_group.h"

#include <cstdint>

#include "services/iam/errors.h"
#include "services/iam/group_store.h"
#include "services/iam/identifiers.h"

namespace everseal::iam {

aws::Access CreateGroup::access(const Request& request, const aws::Call& call) const {
  return aws::on(group_arn(call.caller.account, request.path.value_or("/"), request.group_name));
}

Result<CreateGroup::Response, ApiError> CreateGroup::operator()(const Request& request,
                                                                const aws::Call& call) const {
  constexpr std::int64_t most = 300;
  const Group group{new_id(random, group_id_prefix), call.caller.account, request.group_name,
                    request.path.value_or("/"), clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto groups = count_groups(tx, group.account);
    if (!groups) return groups.error();
    if (*groups >= most) return over_quota("GroupsPerAccount", most);
    const auto added = add_group(tx, group);
    if (!added && added.error().kind == Fault::Kind::Conflict) return group_exists(group.name);
    if (!added) return added.error();
    return Response{shapes::shown(group)};
  });
}

}  // namespace everseal::iam
