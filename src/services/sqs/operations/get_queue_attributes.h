#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

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

// GetQueueAttributes: those that are named, or All.
struct GetQueueAttributes {
  static constexpr std::string_view name = "GetQueueAttributes";
  struct Request {
    std::string queue_url;
    std::vector<std::string> attribute_names;
    static constexpr auto fields =
        std::tuple{aws::required("QueueUrl", &Request::queue_url),
                   aws::optional("AttributeNames", &Request::attribute_names)};
  };
  struct Response {
    Attributes attributes;
    static constexpr auto fields = std::tuple{aws::optional("Attributes", &Response::attributes)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueDoesNotExist. InvalidAttributeName.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::sqs
