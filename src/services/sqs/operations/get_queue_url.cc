#include "services/sqs/operations/get_queue_url.h"

namespace everseal::sqs {
namespace {

QueueName asked_for(const GetQueueUrl::Request& request, const aws::Call& call) {
  return {request.owner.value_or(call.caller.account), call.region, request.queue_name};
}

}  // namespace

aws::Access GetQueueUrl::access(const Request& request, const aws::Call& call) const {
  return aws::on(queue_arn(asked_for(request, call)));
}

Result<GetQueueUrl::Response, ApiError> GetQueueUrl::operator()(const Request& request,
                                                                const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto queue = own_queue(view, call, asked_for(request, call));
    if (!queue) return queue.error();
    return Response{queue_url(base_url, queue->name)};
  });
}

}  // namespace everseal::sqs
