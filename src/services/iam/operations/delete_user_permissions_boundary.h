#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// DeleteUserPermissionsBoundary: from this answer on a user may what its policies allow.
struct DeleteUserPermissionsBoundary {
  static constexpr std::string_view name = "DeleteUserPermissionsBoundary";
  struct Request {
    std::string user_name;
    static constexpr auto fields = std::tuple{aws::required(
        "UserName", &Request::user_name, shapes::existing_name, shapes::name_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such user, or it has no boundary.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
