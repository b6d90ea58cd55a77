#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/sqs/own_queue.h"
#include "services/sqs/queue.h"
#include "sql/database.h"

namespace everseal::sqs {

// CreateQueue: of a queue that is there with the same attributes the URL is given again. Standard
// queues only.
struct CreateQueue {
  static constexpr std::string_view name = "CreateQueue";
  struct Request {
    std::string queue_name;
    Attributes attributes;
    Attributes tags;
    static constexpr auto fields = std::tuple{aws::required("QueueName", &Request::queue_name),
                                              aws::optional("Attributes", &Request::attributes),
                                              aws::optional("tags", &Request::tags)};
  };
  struct Response {
    std::string queue_url;
    static constexpr auto fields = std::tuple{aws::always("QueueUrl", &Response::queue_url)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueNameExists: it has other attributes. InvalidParameterValue: a name of other characters
  // than letters, digits, hyphens and underscores, or longer than 80, or of a FIFO queue.
  // InvalidAttributeName: an attribute or value that is not taken, or tags, which are not there.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
  BaseUrl base_url;
};

}  // namespace everseal::sqs
