#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/sqs/own_queue.h"
#include "sql/database.h"

namespace everseal::sqs {

// GetQueueUrl: by name.
struct GetQueueUrl {
  static constexpr std::string_view name = "GetQueueUrl";
  struct Request {
    std::string queue_name;
    std::optional<std::string> owner;
    static constexpr auto fields =
        std::tuple{aws::required("QueueName", &Request::queue_name),
                   aws::optional("QueueOwnerAWSAccountId", &Request::owner)};
  };
  struct Response {
    std::string queue_url;
    static constexpr auto fields = std::tuple{aws::always("QueueUrl", &Response::queue_url)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueDoesNotExist.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  BaseUrl base_url;
};

}  // namespace everseal::sqs
