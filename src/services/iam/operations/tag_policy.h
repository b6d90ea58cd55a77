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
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// TagPolicy: tags of a managed policy, new or in the place of those with the same keys.
struct TagPolicy {
  static constexpr std::string_view name = "TagPolicy";
  struct Request {
    std::string policy_arn;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("Tags", &Request::tags, shapes::tag_count)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no such policy. AccessDenied: it is one of AWS.
  // InvalidInput: a tag twice.
  // LimitExceeded: it would have more than 50.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
