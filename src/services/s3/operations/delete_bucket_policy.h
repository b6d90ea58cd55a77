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

// DeleteBucketPolicy: the bucket says nothing any more. Done, too, if it has none.
struct DeleteBucketPolicy {
  static constexpr std::string_view name = "DeleteBucketPolicy";
  static constexpr aws::Http http{"DELETE", "/{Bucket}?policy", 204};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };

  // The root user of the account may always: no policy locks out whom the bucket belongs to.
  aws::Access access(const Request& request, const aws::Call& call) const;
  // MethodNotAllowed: another account's bucket.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
