#include "services/sqs/operations/delete_queue.h"

namespace everseal::sqs {

aws::Access DeleteQueue::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<aws::Empty, ApiError> DeleteQueue::operator()(const Request& request,
                                                     const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto queue = own_queue(tx, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    if (const auto done = remove_queue(tx, queue->id); !done) return done.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::sqs
