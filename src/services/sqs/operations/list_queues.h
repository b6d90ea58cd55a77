#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/sqs/own_queue.h"
#include "sql/database.h"

namespace everseal::sqs {

// ListQueues: the URLs, by name.
struct ListQueues {
  static constexpr std::string_view name = "ListQueues";
  struct Request {
    std::optional<std::string> queue_name_prefix;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> max_results;
    static constexpr auto fields =
        std::tuple{aws::optional("QueueNamePrefix", &Request::queue_name_prefix),
                   aws::optional("NextToken", &Request::next_token),
                   aws::optional("MaxResults", &Request::max_results, aws::range(1, 1000))};
  };
  struct Response {
    std::vector<std::string> queue_urls;
    std::optional<std::string> next_token;
    static constexpr auto fields = std::tuple{aws::optional("QueueUrls", &Response::queue_urls),
                                              aws::optional("NextToken", &Response::next_token)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterValue: the token is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  BaseUrl base_url;
};

}  // namespace everseal::sqs
