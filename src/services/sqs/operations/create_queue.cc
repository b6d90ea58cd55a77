#include "services/sqs/operations/create_queue.h"

#include <utility>

namespace everseal::sqs {
namespace {

constexpr std::size_t kLongestName = 80;
constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName &&
         text.find_first_not_of(kLetters) == std::string_view::npos;
}

}  // namespace

aws::Access CreateQueue::access(const Request& request, const aws::Call& call) const {
  return aws::on(queue_arn({call.caller.account, call.region, request.queue_name}));
}

Result<CreateQueue::Response, ApiError> CreateQueue::operator()(const Request& request,
                                                                const aws::Call& call) const {
  if (!is_name(request.queue_name))
    return invalid_parameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  auto attributes = with_defaults(request.attributes);
  if (!attributes) return ApiError("InvalidAttributeName", 400, attributes.error().cause);
  if (!request.tags.empty())
    return ApiError("InvalidAttributeName", 400, "Tags of queues are not supported by Everseal.");
  const Queue queue{.name = {call.caller.account, call.region, request.queue_name},
                    .attributes = *std::move(attributes),
                    .created_at = clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto found = find_queue(tx, queue.name);
    if (!found) return found.error();
    if (*found && (*found)->attributes != queue.attributes)
      return ApiError("QueueNameExists", 400,
                      "A queue already exists with the same name and a different value for an "
                      "attribute");
    if (!*found) {
      if (const auto added = add_queue(tx, queue); !added) return added.error();
    }
    return Response{queue_url(base_url, queue.name)};
  });
}

}  // namespace everseal::sqs
