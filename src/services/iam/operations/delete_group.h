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

// DeleteGroup: one without users and policies.
struct DeleteGroup {
  static constexpr std::string_view name = "DeleteGroup";
  struct Request {
    std::string group_name;
    static constexpr auto fields = std::tuple{aws::required(
        "GroupName", &Request::group_name, shapes::existing_name, shapes::name_letters)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: the account has no group of that name.
  // DeleteConflict: it has users or policies.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::iam
