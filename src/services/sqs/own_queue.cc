#include "services/sqs/own_queue.h"

#include <utility>

namespace everseal::sqs {

std::string queue_url(const BaseUrl& base, const QueueName& queue) {
  return base() + "/" + queue.account + "/" + queue.name;
}

QueueName queue_at(const aws::Call& call, std::string_view url) {
  const auto last = url.rfind('/');
  if (last == std::string_view::npos || last == 0) return {"", call.region, std::string(url)};
  const auto before = url.rfind('/', last - 1);
  return {std::string(url.substr(before + 1, last - before - 1)), call.region,
          std::string(url.substr(last + 1))};
}

aws::Access access_to(const aws::Call& call, std::string_view url) {
  return aws::on(queue_arn(queue_at(call, url)));
}

Result<Queue, ApiError> own_queue(sql::Snapshot& view, const aws::Call& call,
                                  const QueueName& name) {
  if (name.account != call.caller.account) return no_such_queue();
  auto found = find_queue(view, name);
  if (!found) return found.error();
  if (!*found) return no_such_queue();
  return **std::move(found);
}

ApiError no_such_queue() {
  return {"QueueDoesNotExist", 400, "The specified queue does not exist."};
}

ApiError invalid_parameter(std::string message) {
  return {"InvalidParameterValue", 400, std::move(message)};
}

}  // namespace everseal::sqs
