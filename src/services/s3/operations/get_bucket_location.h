#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::s3 {

// GetBucketLocation: the region; of us-east-1, nothing.
struct GetBucketLocation {
  static constexpr std::string_view name = "GetBucketLocation";
  static constexpr aws::Http http{"GET", "/{Bucket}?location", 200, "LocationConstraint"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Response {
    std::string location_constraint;
    static constexpr auto fields = std::tuple{
        aws::required("LocationConstraint", &Response::location_constraint, aws::as_content())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
