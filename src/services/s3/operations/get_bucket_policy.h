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

// GetBucketPolicy: the policy as it was put.
struct GetBucketPolicy {
  static constexpr std::string_view name = "GetBucketPolicy";
  static constexpr aws::Http http{"GET", "/{Bucket}?policy"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Response {
    std::string policy;
    static constexpr auto fields =
        std::tuple{aws::required("Policy", &Response::policy, aws::as_payload())};
  };

  // The root user of the account may always: no policy locks out whom the bucket belongs to.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucketPolicy; MethodNotAllowed: another account's bucket.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
