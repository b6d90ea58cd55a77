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
#include "services/s3/bucket_access.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetPublicAccessBlock: how the bucket is kept from being opened to everybody.
struct GetPublicAccessBlock {
  static constexpr std::string_view name = "GetPublicAccessBlock";
  static constexpr aws::Http http{"GET", "/{Bucket}?publicAccessBlock", 200,
                                  "PublicAccessBlockConfiguration"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Response {
    bool block_public_acls = false;
    bool ignore_public_acls = false;
    bool block_public_policy = false;
    bool restrict_public_buckets = false;
    static constexpr auto fields =
        std::tuple{aws::required("BlockPublicAcls", &Response::block_public_acls),
                   aws::required("IgnorePublicAcls", &Response::ignore_public_acls),
                   aws::required("BlockPublicPolicy", &Response::block_public_policy),
                   aws::required("RestrictPublicBuckets", &Response::restrict_public_buckets)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchPublicAccessBlockConfiguration: it was deleted.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
