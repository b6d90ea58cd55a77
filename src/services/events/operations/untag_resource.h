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

// UntagResource: keys that are not there are no error.
struct UntagResource {
  static constexpr std::string_view name = "UntagResource";
  struct Request {
    std::string resource_arn;
    std::vector<std::string> tag_keys;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceARN", &Request::resource_arn, aws::length(1, 1600)),
                   aws::required("TagKeys", &Request::tag_keys, aws::each(aws::length(1, 128)))};
  };
  struct Response {
    static constexpr auto fields = std::tuple{};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::events
