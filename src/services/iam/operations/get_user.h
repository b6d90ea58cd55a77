#pragma once

#include <optional>
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

// GetUser: one user; without a name whoever calls, also root.
struct GetUser {
  static constexpr std::string_view name = "GetUser";
  struct Request {
    std::optional<std::string> user_name;
    static constexpr auto fields = std::tuple{aws::optional(
        "UserName", &Request::user_name, shapes::existing_name, shapes::name_letters)};
  };
  struct Response {
    shapes::User user;
    static constexpr auto fields = std::tuple{aws::required("User", &Response::user)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no user of that name.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
