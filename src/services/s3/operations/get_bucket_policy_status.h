#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetBucketPolicyStatus: whether the policy opens the bucket to everybody.
struct GetBucketPolicyStatus {
  static constexpr std::string_view name = "GetBucketPolicyStatus";
  static constexpr aws::Http http{"GET", "/{Bucket}?policyStatus", 200, "PolicyStatus"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Response {
    bool is_public = false;
    static constexpr auto fields = std::tuple{aws::required("IsPublic", &Response::is_public)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucketPolicy; MethodNotAllowed: another account's bucket.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
