#include "services/sqs/operations/get_queue_attributes.h"

#include "services/sqs/messages.h"

namespace everseal::sqs {
namespace {

Result<Attributes> all_attributes(sql::Snapshot& view, const Queue& queue, TimePoint now) {
  const auto counts = count_messages(view, queue, now);
  if (!counts) return counts.error();
  auto all = queue.attributes;
  all["QueueArn"] = queue_arn(queue.name);
  all["CreatedTimestamp"] = std::to_string(to_millis(queue.created_at) / 1000);
  all["LastModifiedTimestamp"] = all["CreatedTimestamp"];
  all["ApproximateNumberOfMessages"] = std::to_string(counts->visible);
  all["ApproximateNumberOfMessagesNotVisible"] = std::to_string(counts->hidden);
  all["ApproximateNumberOfMessagesDelayed"] = std::to_string(counts->delayed);
  return all;
}

}  // namespace

aws::Access GetQueueAttributes::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<GetQueueAttributes::Response, ApiError> GetQueueAttributes::operator()(
    const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto queue = own_queue(view, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    const auto all = all_attributes(view, *queue, clock.now());
    if (!all) return all.error();
    Response response;
    for (const auto& wanted : request.attribute_names) {
      if (wanted == "All") return Response{*all};
      const auto found = all->find(wanted);
      if (found == all->end())
        return ApiError("InvalidAttributeName", 400, "Unknown Attribute " + wanted + ".");
      response.attributes.insert(*found);
    }
    return response;
  });
}

}  // namespace everseal::sqs
