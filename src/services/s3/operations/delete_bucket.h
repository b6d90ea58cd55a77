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
#include "sql/database.h"

namespace everseal::s3 {

// DeleteBucket: the bucket is empty, of versions and delete markers too, and goes.
struct DeleteBucket {
  static constexpr std::string_view name = "DeleteBucket";
  static constexpr aws::Http http{"DELETE", "/{Bucket}", 204};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // BucketNotEmpty: also uploads that are neither complete nor aborted are in the way.
  Result<aws::Empty, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
