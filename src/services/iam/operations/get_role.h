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

// GetRole: a role with its trust policy, percent-encoded (RFC 3986), and its tags.
struct GetRole {
  static constexpr std::string_view name = "GetRole";
  struct Request {
    std::string role_name;
    static constexpr auto fields = std::tuple{
        aws::required("RoleName", &Request::role_name, shapes::new_name, shapes::name_letters)};
  };
  struct Response {
    shapes::Role role;
    static constexpr auto fields = std::tuple{aws::required("Role", &Response::role)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no role of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
