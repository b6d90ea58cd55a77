#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// ListTagsForResource: by key.
struct ListTagsForResource {
  static constexpr std::string_view name = "ListTagsForResource";
  struct Request {
    std::string resource_arn;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceARN", &Request::resource_arn, aws::length(1, 1600))};
  };
  struct Response {
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{aws::always("Tags", &Response::tags)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
