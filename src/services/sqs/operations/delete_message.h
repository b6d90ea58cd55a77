#pragma once

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

// DeleteMessage: by the receipt of the latest time it was received.
struct DeleteMessage {
  static constexpr std::string_view name = "DeleteMessage";
  struct Request {
    std::string queue_url;
    std::string receipt_handle;
    static constexpr auto fields =
        std::tuple{aws::required("QueueUrl", &Request::queue_url),
                   aws::required("ReceiptHandle", &Request::receipt_handle)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // QueueDoesNotExist.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::sqs
