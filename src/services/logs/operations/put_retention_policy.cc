#include "services/logs/operations/put_retention_policy.h"

#include <algorithm>
#include <array>
#include <string>

#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"

namespace everseal::logs {
namespace {

constexpr auto possible_days =
    std::to_array<std::int64_t>({1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
                                 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653});

}  // namespace

aws::Access PutRetentionPolicy::access(const Request& request, const aws::Call& call) const {
  return access_to_group(call, request.log_group_name);
}

Result<aws::Empty, ApiError> PutRetentionPolicy::operator()(const Request& request,
                                                            const aws::Call& call) const {
  if (!std::ranges::binary_search(possible_days, request.retention_in_days)) {
    return invalid("1 validation error detected: Value '" +
                   std::to_string(request.retention_in_days) +
                   "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum "
                   "value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, "
                   "1096, 1827, 2192, 2557, 2922, 3288, 3653]");
  }
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    const auto set = set_retention(tx, group->id, request.retention_in_days);
    if (!set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
