#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// GetPolicyVersion: what a managed policy says. The document is percent-encoded (RFC 3986).
struct GetPolicyVersion {
  static constexpr std::string_view name = "GetPolicyVersion";
  struct Request {
    std::string policy_arn;
    std::string version_id;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("VersionId", &Request::version_id, shapes::version_letters)};
  };
  struct Response {
    shapes::PolicyVersion policy_version;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyVersion", &Response::policy_version)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such policy, or it has no such version.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
