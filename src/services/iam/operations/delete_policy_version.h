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

// DeletePolicyVersion: its number is never used again.
struct DeletePolicyVersion {
  static constexpr std::string_view name = "DeletePolicyVersion";
  struct Request {
    std::string policy_arn;
    std::string version_id;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("VersionId", &Request::version_id, shapes::version_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no such policy, or it has no such version.
  // DeleteConflict: it is the default version.
  // AccessDenied: it belongs to AWS.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
