#pragma once

#include <string_view>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

namespace everseal::iam {

// AddUserToGroup: from this answer on the policies of the group are the user's too. Done if it was
// in it before.
struct AddUserToGroup {
  static constexpr std::string_view name = "AddUserToGroup";
  using Request = shapes::Membership;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such group, or no such user.
  // LimitExceeded: the user is in ten groups.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
