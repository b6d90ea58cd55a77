#pragma once

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

// GetBucketOwnershipControls: whether ACLs count in the bucket.
struct GetBucketOwnershipControls {
  static constexpr std::string_view name = "GetBucketOwnershipControls";
  static constexpr aws::Http http{"GET", "/{Bucket}?ownershipControls", 200, "OwnershipControls"};
  struct Request {
    std::string bucket;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label())};
  };
  struct Rule {
    std::string object_ownership;
    static constexpr auto fields =
        std::tuple{aws::required("ObjectOwnership", &Rule::object_ownership)};
  };
  struct Response {
    std::vector<Rule> rules;
    static constexpr auto fields =
        std::tuple{aws::required("Rule", &Response::rules, aws::flattened())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::s3
