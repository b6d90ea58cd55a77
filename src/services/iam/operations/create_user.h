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
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// CreateUser: an identity that may be given access keys and policies; without them it may nothing.
struct CreateUser {
  static constexpr std::string_view name = "CreateUser";
  struct Request {
    std::optional<std::string> path;
    std::string user_name;
    std::optional<std::string> permissions_boundary;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::optional("Path", &Request::path, shapes::path_length, shapes::path_letters),
        aws::required("UserName", &Request::user_name, shapes::new_name, shapes::name_letters),
        aws::optional("PermissionsBoundary", &Request::permissions_boundary, shapes::arn_length),
        aws::optional("Tags", &Request::tags, shapes::tag_count)};
  };
  struct Response {
    shapes::User user;
    static constexpr auto fields = std::tuple{aws::required("User", &Response::user)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // EntityAlreadyExists: the account has a user of that name, in whatever case.
  // LimitExceeded: it has 5000 users.
  // InvalidInput: a tag twice.
  // NoSuchEntity: neither the account nor AWS has the policy of the boundary.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::iam
