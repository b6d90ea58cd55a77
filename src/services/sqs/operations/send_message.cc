#include "services/sqs/operations/send_message.h"

#include <cstddef>
#include <cstdint>

namespace everseal::sqs {
namespace {

bool has_value(const AttributeValue& value) {
  return !value.data_type.empty() &&
         (value.binary_value ? !value.binary_value->empty()
                             : !value.string_value.value_or("").empty());
}

std::size_t size_of(const AttributeValue& value) {
  return value.data_type.size() +
         (value.binary_value ? value.binary_value->size() : value.string_value.value_or("").size());
}

// Octets that count towards what a queue allows.
std::int64_t size_of(const Message& message) {
  auto size = message.body.size();
  for (const auto& [name, value] : message.attributes) size += name.size() + size_of(value);
  return static_cast<std::int64_t>(size);
}

Result<void, ApiError> check(const SendMessage::Request& request) {
  if (request.message_body.empty())
    return invalid_parameter("The request must contain the parameter MessageBody.");
  for (const auto& [name, value] : request.message_attributes) {
    if (!has_value(value))
      return invalid_parameter("The message attribute '" + name +
                               "' must contain a non-empty message attribute type and value.");
  }
  return {};
}

}  // namespace

aws::Access SendMessage::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<SendMessage::Response, ApiError> SendMessage::operator()(const Request& request,
                                                                const aws::Call& call) const {
  if (const auto fine = check(request); !fine) return fine.error();
  const Message message{.message_id = random_uuid(random),
                        .body = request.message_body,
                        .attributes = request.message_attributes,
                        .sender = call.caller.user_id,
                        .sent_at = {},
                        .first_received_at = {},
                        .receipt = {}};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto queue = own_queue(tx, call, queue_at(call, request.queue_url));
    if (!queue) return queue.error();
    const auto most = queue->number("MaximumMessageSize");
    if (size_of(message) > most)
      return invalid_parameter(
          "One or more parameters are invalid. Reason: Message must be shorter than " +
          std::to_string(most) + " bytes.");
    const auto sent = send(tx, *queue, message,
                           std::chrono::seconds{request.delay_seconds.value_or(0)}, clock.now());
    if (!sent) return sent.error();
    return Response{message.message_id, md5_of(message.body), md5_of(message.attributes)};
  });
}

}  // namespace everseal::sqs
