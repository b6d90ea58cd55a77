#include "services/logs/operations/delete_retention_policy.h"

#include <optional>

#include "services/logs/group_store.h"
#include "services/logs/names.h"

namespace everseal::logs {

aws::Access DeleteRetentionPolicy::access(const Request& request, const aws::Call& call) const {
  return access_to_group(call, request.log_group_name);
}

Result<aws::Empty, ApiError> DeleteRetentionPolicy::operator()(const Request& request,
                                                               const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    const auto set = set_retention(tx, group->id, std::nullopt);
    if (!set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
