#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

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

// SendMessage: durable when answered.
struct SendMessage {
  static constexpr std::string_view name = "SendMessage";
  struct Request {
    std::string queue_url;
    std::string message_body;
    std::optional<std::int32_t> delay_seconds;
    MessageAttributes message_attributes;
    static constexpr auto fields = std::tuple{
        aws::required("QueueUrl", &Request::queue_url),
        aws::required("MessageBody", &Request::message_body),
        aws::optional("DelaySeconds", &Request::delay_seconds, aws::range(0, 900)),
        aws::optional("MessageAttributes", &Request::message_attributes, aws::length(0, 10))};
  };
  struct Response {
    std::string message_id;
    std::string md5_of_message_body;
    std::optional<std::string> md5_of_message_attributes;
    static constexpr auto fields =
        std::tuple{aws::always("MessageId", &Response::message_id),
                   aws::always("MD5OfMessageBody", &Response::md5_of_message_body),
                   aws::optional("MD5OfMessageAttributes", &Response::md5_of_message_attributes)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueDoesNotExist. InvalidParameterValue: an empty body, body and attributes longer than the
  // queue allows, an attribute without a type or a value.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  Random& random;
};

}  // namespace everseal::sqs
