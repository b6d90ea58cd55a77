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

// UntagPolicy: those of the tags that the policy has are gone.
struct UntagPolicy {
  static constexpr std::string_view name = "UntagPolicy";
  struct Request {
    std::string policy_arn;
    std::vector<std::string> tag_keys;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("TagKeys", &Request::tag_keys, shapes::tag_count,
                                 aws::each(aws::length(1, 128)))};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no such policy. AccessDenied: it is one of AWS.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
