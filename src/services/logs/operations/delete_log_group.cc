#include "services/logs/operations/delete_log_group.h"

#include "services/logs/eraser.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"

namespace everseal::logs {

aws::Access DeleteLogGroup::access(const Request& request, const aws::Call& call) const {
  return access_to_group(call, request.log_group_name);
}

Result<aws::Empty, ApiError> DeleteLogGroup::operator()(const Request& request,
                                                        const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    if (const auto hidden = hide_group(tx, group->id); !hidden) return hidden.error();
    if (const auto done = promise_erasing(tx, clock.now()); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
