#include "services/sqs/operations/delete_message.h"

#include "services/sqs/messages.h"

namespace everseal::sqs {

aws::Access DeleteMessage::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<aws::Empty, ApiError> DeleteMessage::operator()(const Request& request,
                                                       const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto queue = own_queue(tx, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    const auto removed = remove(tx, *queue, request.receipt_handle);
    if (!removed) return removed.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::sqs
