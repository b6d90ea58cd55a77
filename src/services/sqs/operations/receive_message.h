#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/sqs/messages.h"
#include "services/sqs/own_queue.h"
#include "sql/database.h"

namespace everseal::sqs {

// ReceiveMessage: what is there; it does not wait for more. Each message is hidden from others for
// the queue's visibility timeout.
struct ReceiveMessage {
  static constexpr std::string_view name = "ReceiveMessage";
  struct Request {
    std::string queue_url;
    std::vector<std::string> attribute_names;
    std::vector<std::string> message_system_attribute_names;
    std::vector<std::string> message_attribute_names;
    std::optional<std::int32_t> max_number_of_messages;
    std::optional<std::int32_t> visibility_timeout;
    std::optional<std::int32_t> wait_time_seconds;
    static constexpr auto fields = std::tuple{
        aws::required("QueueUrl", &Request::queue_url),
        aws::optional("AttributeNames", &Request::attribute_names),
        aws::optional("MessageSystemAttributeNames", &Request::message_system_attribute_names),
        aws::optional("MessageAttributeNames", &Request::message_attribute_names),
        aws::optional("MaxNumberOfMessages", &Request::max_number_of_messages, aws::range(1, 10)),
        aws::optional("VisibilityTimeout", &Request::visibility_timeout, aws::range(0, 43200)),
        aws::optional("WaitTimeSeconds", &Request::wait_time_seconds, aws::range(0, 20))};
  };
  struct Received {
    std::string message_id;
    std::string receipt_handle;
    std::string md5_of_body;
    std::string body;
    std::map<std::string, std::string> attributes;
    std::optional<std::string> md5_of_message_attributes;  // of those that are shown
    MessageAttributes message_attributes;
    static constexpr auto fields =
        std::tuple{aws::always("MessageId", &Received::message_id),
                   aws::always("ReceiptHandle", &Received::receipt_handle),
                   aws::always("MD5OfBody", &Received::md5_of_body),
                   aws::always("Body", &Received::body),
                   aws::optional("Attributes", &Received::attributes),
                   aws::optional("MD5OfMessageAttributes", &Received::md5_of_message_attributes),
                   aws::optional("MessageAttributes", &Received::message_attributes)};
  };
  struct Response {
    std::vector<Received> messages;
    static constexpr auto fields = std::tuple{aws::optional("Messages", &Response::messages)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueDoesNotExist.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::sqs
