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
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// CreateRole: an identity that others become for a while, those whom its trust policy names.
struct CreateRole {
  static constexpr std::string_view name = "CreateRole";
  struct Request {
    std::optional<std::string> path;
    std::string role_name;
    std::string assume_role_policy_document;
    std::optional<std::string> description;
    std::optional<std::int64_t> max_session_duration;
    std::optional<std::string> permissions_boundary;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::optional("Path", &Request::path, shapes::path_length, shapes::path_letters),
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::required("AssumeRolePolicyDocument", &Request::assume_role_policy_document,
                      shapes::document_length, shapes::document_letters),
        aws::optional("Description", &Request::description, shapes::description_length,
                      shapes::description_letters),
        aws::optional("MaxSessionDuration", &Request::max_session_duration,
                      shapes::session_seconds),
        aws::optional("PermissionsBoundary", &Request::permissions_boundary, shapes::arn_length),
        aws::optional("Tags", &Request::tags, shapes::tag_count)};
  };
  struct Response {
    shapes::Role role;
    static constexpr auto fields = std::tuple{aws::required("Role", &Response::role)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // EntityAlreadyExists: the account has a role of that name, in whatever case.
  // MalformedPolicyDocument: the trust policy is none, or names a user or role that is not there.
  // LimitExceeded: there are 1000 roles, or the trust policy has more than 2048 characters.
  // InvalidInput: a tag twice.
  // NoSuchEntity: neither the account nor AWS has the policy of the boundary.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::iam
