#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/iam/directory.h"
#include "services/iam/holder.h"
#include "services/iam/shapes.h"
#include "sql/database.h"

// What is done with the permissions boundaries of users and roles alike. `holder` may be the
// refusal that there is no such user or role: then it is the answer.
namespace everseal::iam {

// NoSuchEntity: neither the account nor AWS has such a policy.
Result<aws::Empty, ApiError> limit(sql::Transaction& tx, Directory& directory,
                                   const aws::Call& call, const Result<Holder, ApiError>& holder,
                                   std::string_view policy_arn);
// NoSuchEntity: there is no boundary.
Result<aws::Empty, ApiError> unlimit(sql::Transaction& tx, Directory& directory,
                                     const Result<Holder, ApiError>& holder);

// As answers show it; nothing: there is none.
Result<std::optional<shapes::PermissionsBoundary>> shown_boundary(sql::Snapshot& view,
                                                                  std::string_view holder_id);

}  // namespace everseal::iam
