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

// TagResource: a bus or rule gets these tags; a key that is there gets the new value.
struct TagResource {
  static constexpr std::string_view name = "TagResource";
  struct Request {
    std::string resource_arn;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceARN", &Request::resource_arn, aws::length(1, 1600)),
                   aws::required("Tags", &Request::tags)};
  };
  struct Response {
    static constexpr auto fields = std::tuple{};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException. ValidationException: a key of aws:, one twice, more than 50.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
