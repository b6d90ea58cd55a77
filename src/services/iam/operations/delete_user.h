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

// DeleteUser: a user that holds nothing any more.
struct DeleteUser {
  static constexpr std::string_view name = "DeleteUser";
  struct Request {
    std::string user_name;
    static constexpr auto fields = std::tuple{aws::required(
        "UserName", &Request::user_name, shapes::existing_name, shapes::name_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no user of that name.
  // DeleteConflict: it has access keys, inline policies or attached ones.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
