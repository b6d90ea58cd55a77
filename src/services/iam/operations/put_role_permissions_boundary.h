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

// PutRolePermissionsBoundary: from this answer on a role may at most what that policy allows.
struct PutRolePermissionsBoundary {
  static constexpr std::string_view name = "PutRolePermissionsBoundary";
  struct Request {
    std::string role_name;
    std::string permissions_boundary;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters),
        aws::required("PermissionsBoundary", &Request::permissions_boundary, shapes::arn_length)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such role, or neither the account nor AWS has such a policy.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
