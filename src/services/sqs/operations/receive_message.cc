#include "services/sqs/operations/receive_message.h"

#include <algorithm>
#include <utility>

namespace everseal::sqs {
namespace {

using Request = ReceiveMessage::Request;

// "All", ".*" and "prefix.*" stand for several.
bool is_wanted(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::any_of(names, [&](std::string_view wanted) {
    if (wanted == "All" || wanted == name) return true;
    return wanted.ends_with(".*") && name.starts_with(wanted.substr(0, wanted.size() - 2));
  });
}

std::map<std::string, std::string> system_attributes(const Message& message,
                                                     const Request& request) {
  std::map<std::string, std::string> all{
      {"SenderId", message.sender},
      {"SentTimestamp", std::to_string(to_millis(message.sent_at))},
      {"ApproximateReceiveCount", std::to_string(message.received)},
      {"ApproximateFirstReceiveTimestamp", std::to_string(to_millis(message.first_received_at))}};
  std::erase_if(all, [&](const auto& attribute) {
    return !is_wanted(request.attribute_names, attribute.first) &&
           !is_wanted(request.message_system_attribute_names, attribute.first);
  });
  return all;
}

ReceiveMessage::Received shown(const Message& message, const Request& request) {
  auto attributes = message.attributes;
  std::erase_if(attributes, [&](const auto& attribute) {
    return !is_wanted(request.message_attribute_names, attribute.first);
  });
  return {.message_id = message.message_id,
          .receipt_handle = message.receipt,
          .md5_of_body = md5_of(message.body),
          .body = message.body,
          .attributes = system_attributes(message, request),
          .md5_of_message_attributes = md5_of(attributes),
          .message_attributes = std::move(attributes)};
}

}  // namespace

aws::Access ReceiveMessage::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<ReceiveMessage::Response, ApiError> ReceiveMessage::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto queue = own_queue(tx, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    const std::chrono::seconds hidden{request.visibility_timeout
                                          ? *request.visibility_timeout
                                          : queue->number("VisibilityTimeout")};
    const auto messages = receive(tx, *queue, request.max_number_of_messages.value_or(1), hidden,
                                  random, clock.now());
    if (!messages) return messages.error();
    Response response;
    for (const auto& message : *messages) response.messages.push_back(shown(message, request));
    return response;
  });
}

}  // namespace everseal::sqs
