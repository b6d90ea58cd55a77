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

// RemoveUserFromGroup: from this answer on the policies of the group are not the user's any more.
struct RemoveUserFromGroup {
  static constexpr std::string_view name = "RemoveUserFromGroup";
  using Request = shapes::Membership;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchEntity: there is no such group, no such user, or it is not in it.
  Result<aws::Empty, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  Directory& directory;
};

}  // namespace everseal::iam
