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
#include "services/logs/shapes.h"
#include "sql/database.h"

namespace everseal::logs {

// UntagResource: takes tags off a group; a key that is not there is no error.
struct UntagResource {
  static constexpr std::string_view name = "UntagResource";
  struct Request {
    std::string resource_arn;
    std::vector<std::string> tag_keys;
    static constexpr auto fields =
        std::tuple{aws::required("resourceArn", &Request::resource_arn, aws::length(1, 1011),
                                 aws::pattern(arn_pattern)),
                   aws::required("tagKeys", &Request::tag_keys, aws::length(0, 50),
                                 aws::each(aws::length(1, 128)))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidParameterException, ResourceNotFoundException
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::logs
