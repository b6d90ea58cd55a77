#pragma once

#include <optional>
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

// CreatePolicyVersion: what a managed policy says anew, in force at once if it is made the default.
struct CreatePolicyVersion {
  static constexpr std::string_view name = "CreatePolicyVersion";
  struct Request {
    std::string policy_arn;
    std::string policy_document;
    std::optional<bool> set_as_default;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyArn", &Request::policy_arn, shapes::arn_length),
                   aws::required("PolicyDocument", &Request::policy_document,
                                 shapes::document_length, shapes::document_letters),
                   aws::optional("SetAsDefault", &Request::set_as_default)};
  };
  struct Response {
    shapes::PolicyVersion policy_version;
    static constexpr auto fields =
        std::tuple{aws::required("PolicyVersion", &Response::policy_version)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no policy of that ARN.
  // MalformedPolicyDocument: with the reason.
  // LimitExceeded: it has five versions, or the document more than 6144 characters.
  // AccessDenied: it belongs to AWS.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
  const Clock& clock;
};

}  // namespace everseal::iam
