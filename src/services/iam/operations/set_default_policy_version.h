#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// SetDefaultPolicyVersion: which version of a managed policy is in force from this answer on.
struct SetDefaultPolicyVersion {
  static constexpr std::string_view name = "SetDefaultPolicyVersion";
  struct Request {
    std::string policy_arn;
    std::string version_id;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("VersionId", &Request::version_id, shapes::version_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no such policy, or it has no such version.
  // AccessDenied: it belongs to AWS.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
  const Clock& clock;
};

}  // namespace everseal::iam
