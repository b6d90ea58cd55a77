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
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// ListPolicyVersions: the versions of a managed policy, newest first, without their documents.
struct ListPolicyVersions {
  static constexpr std::string_view name = "ListPolicyVersions";
  struct Request {
    std::string policy_arn;
    std::optional<std::string> marker;
    std::optional<std::int64_t> max_items;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::optional("Marker", &Request::marker, shapes::marker_length),
                   aws::optional("MaxItems", &Request::max_items, shapes::max_items_range)};
  };
  struct Response {
    std::vector<shapes::PolicyVersion> versions;
    bool is_truncated = false;
    std::optional<std::string> marker;
    static constexpr auto fields = std::tuple{aws::always("Versions", &Response::versions),
                                              aws::required("IsTruncated", &Response::is_truncated),
                                              aws::optional("Marker", &Response::marker)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: neither the account nor AWS has a policy of that ARN.
  // ValidationError: the marker is not one of this list.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
