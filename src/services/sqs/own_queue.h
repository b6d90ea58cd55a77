#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "result/result.h"
#include "services/sqs/queue.h"
#include "sql/database.h"

namespace everseal::sqs {

// "http://127.0.0.1:4566": where this server is reached, for the URLs of queues.
using BaseUrl = std::function<std::string()>;

std::string queue_url(const BaseUrl& base, const QueueName& queue);  // ".../ACCOUNT/NAME"
// What the last two parts of a URL say, whatever its host; of a URL with fewer parts nothing is
// found. The region is that of the call.
QueueName queue_at(const aws::Call& call, std::string_view url);
aws::Access access_to(const aws::Call& call, std::string_view url);

// QueueDoesNotExist: there is none, or it is not the caller's.
Result<Queue, ApiError> own_queue(sql::Snapshot& view, const aws::Call& call,
                                  const QueueName& name);

ApiError no_such_queue();
ApiError invalid_parameter(std::string message);  // InvalidParameterValue

}  // namespace everseal::sqs
