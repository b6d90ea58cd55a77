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
#include "services/s3/shapes.h"
#include "sql/database.h"

namespace everseal::s3 {

// HeadBucket: whether there is that bucket, and in which region.
struct HeadBucket {
  static constexpr std::string_view name = "HeadBucket";
  static constexpr aws::Http http{"HEAD", "/{Bucket}"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  using Response = shapes::OnlyHeaders;

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
