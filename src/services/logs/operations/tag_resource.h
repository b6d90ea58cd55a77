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

// TagResource: gives a group tags; a key that is there gets the new value.
struct TagResource {
  static constexpr std::string_view name = "TagResource";
  struct Request {
    std::string resource_arn;
    TagMap tags;
    static constexpr auto fields = std::tuple{
        aws::required("resourceArn", &Request::resource_arn, aws::length(1, 1011),
                      aws::pattern(arn_pattern)),
        aws::required("tags", &Request::tags, aws::length(1, 50), aws::each(aws::length(0, 256)))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterException, ResourceNotFoundException, TooManyTagsException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
