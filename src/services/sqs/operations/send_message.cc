#include "services/sqs/operations/send_message.h"

namespace everseal::sqs {

aws::Access SendMessage::access(const Request& request, const aws::Call& call) const {
  return access_to(call, request.queue_url);
}

Result<SendMessage::Response, ApiError> SendMessage::operator()(const Request& request,
                                                                const aws::Call& call) const {
  if (request.message_body.empty())
    return invalid_parameter("The request must contain the parameter MessageBody.");
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
    if (static_cast<std::int64_t>(message.body.size()) > most)
      return invalid_parameter(
          "One or more parameters are invalid. Reason: Message must be shorter than " +
          std::to_string(most) + " bytes.");
    const auto sent = send(tx, *queue, message,
                           std::chrono::seconds{request.delay_seconds.value_or(0)}, clock.now());
    if (!sent) return sent.error();
    return Response{message.message_id, md5_of(message.body)};
  });
}

}  // namespace everseal::sqs
