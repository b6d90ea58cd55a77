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

// GetBucketVersioning: Enabled, Suspended, or nothing where it never was.
struct GetBucketVersioning {
  static constexpr std::string_view name = "GetBucketVersioning";
  static constexpr aws::Http http{"GET", "/{Bucket}?versioning", 200, "VersioningConfiguration"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Response {
    std::optional<std::string> status;
    static constexpr auto fields = std::tuple{aws::optional("Status", &Response::status)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request) const;

  sql::Database& database;
};

}  // namespace everseal::s3
