#include "services/sqs/operations/purge_queue.h"

#include "services/sqs/messages.h"

namespace everseal::sqs {

aws::Access PurgeQueue::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<aws::Empty, ApiError> PurgeQueue::operator()(const Request& request,
                                                    const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto queue = own_queue(tx, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    if (const auto done = purge(tx, *queue); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::sqs
