#include "services/logs/operations/delete_log_stream.h"

#include "services/logs/eraser.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"
#include "services/logs/stream_store.h"

namespace everseal::logs {

aws::Access DeleteLogStream::access(const Request& request, const aws::Call& call) const {
  return access_to_stream(call, request.log_group_name, request.log_stream_name);
}

Result<aws::Empty, ApiError> DeleteLogStream::operator()(const Request& request,
                                                         const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto group = require_group(tx, own_group(call, request.log_group_name));
    if (!group) return group.error();
    const auto stream = require_stream(tx, group->id, request.log_stream_name);
    if (!stream) return stream.error();
    if (const auto hidden = hide_stream(tx, stream->id); !hidden) return hidden.error();
    if (const auto done = promise_erasing(tx, clock.now()); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::logs
