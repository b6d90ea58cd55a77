#include "services/sqs/operations/list_queues.h"

#include <utility>

#include "aws/pagination.h"

namespace everseal::sqs {
namespace {

constexpr std::int32_t kMostAtOnce = 1000;

}  // namespace

aws::Access ListQueues::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListQueues::Response, ApiError> ListQueues::operator()(const Request& request,
                                                              const aws::Call& call) const {
  const auto prefix = request.queue_name_prefix.value_or("");
  const auto size = static_cast<std::size_t>(request.max_results.value_or(kMostAtOnce));
  const aws::Listing listing{"sqs:ListQueues", call.caller.account, call.region, prefix};
  QueueName after{call.caller.account, call.region, ""};
  if (request.next_token) {
    auto key = aws::page_key(listing, *request.next_token);
    if (!key) return invalid_parameter("The NextToken is not one of this list.");
    after.name = *std::move(key);
  }
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto queues = list_queues(view, after, prefix, static_cast<std::int64_t>(size) + 1);
    if (!queues) return queues.error();
    Response response;
    for (const auto& queue : *queues) {
      if (response.queue_urls.size() == size) {
        response.next_token = aws::page_token(listing, (*queues)[size - 1].name.name);
        break;
      }
      response.queue_urls.push_back(queue_url(base_url, queue.name));
    }
    return response;
  });
}

}  // namespace everseal::sqs
