#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// ListTagsForResource: all of a group.
struct ListTagsForResource {
  static constexpr std::string_view name = "ListTagsForResource";
  struct Request {
    std::string resource_arn;
    static constexpr auto fields = std::tuple{aws::required(
        "resourceArn", &Request::resource_arn, aws::length(1, 1011), aws::pattern(arn_pattern))};
  };
  struct Response {
    TagMap tags;
    static constexpr auto fields = std::tuple{aws::always("tags", &Response::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterException, ResourceNotFoundException
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
