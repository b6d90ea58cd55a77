#include "services/logs/operations/create_log_stream.h"

#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {

aws::Access CreateLogStream::access(const Request& request, const aws::Call& call) const {
  return access_to_stream(call, request.log_group_name, request.log_stream_name);
}

Result<aws::Empty, ApiError> CreateLogStream::operator()(const Request& request,
                                                         const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    const auto found = find_stream(tx, group->id, request.log_stream_name);
    if (!found) return found.error();
    if (*found) return stream_exists();
    const auto id = add_stream(tx, group->id, request.log_stream_name, clock.now());
    if (!id) return id.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
