#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "result/result.h"
#include "sql/database.h"

// Permissions boundaries: the managed policy beyond which a user or role may nothing, whatever its
// other policies say.
namespace everseal::iam {

// The ARN of the policy; nothing: there is no boundary.
Result<std::optional<std::string>> boundary_of(sql::Snapshot& view, std::string_view holder_id);
// What that policy says now; nothing: there is no boundary. Broken: there is one, but its policy is
// gone.
Result<std::optional<std::string>> boundary_document(sql::Snapshot& view,
                                                     std::string_view holder_id);

// In the place of the one before. There is such a policy.
Outcome put_boundary(sql::Transaction& tx, std::string_view holder_id, std::string_view account,
                     std::string_view policy_arn);
// Whether there was one.
Result<bool> remove_boundary(sql::Transaction& tx, std::string_view holder_id);

}  // namespace everseal::iam
