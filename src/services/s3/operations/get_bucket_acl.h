#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/s3/grants.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetBucketAcl: who may list a bucket by its ACL, whether or not ACLs count there.
struct GetBucketAcl {
  static constexpr std::string_view name = "GetBucketAcl";
  static constexpr aws::Http http{"GET", "/{Bucket}?acl", 200, "AccessControlPolicy"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  using Response = AccessControlPolicy;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket.
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
