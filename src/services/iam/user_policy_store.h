#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "sql/database.h"

// Inline policies: part of a user, each with a name of its own.
namespace everseal::iam {

struct UserPolicy {
  std::string name;
  std::string document;  // as it was given
};

Result<std::optional<std::string>> find_user_policy(sql::Snapshot& view, std::string_view user_id,
                                                    std::string_view name);
Result<std::vector<UserPolicy>> user_policies(sql::Snapshot& view, std::string_view user_id);

// In the order of their names, after that one; at most `limit`.
Result<std::vector<std::string>> list_user_policy_names(sql::Snapshot& view,
                                                        std::string_view user_id,
                                                        std::string_view after, std::int64_t limit);

// Adds it, or takes the place of the one of that name.
Outcome put_user_policy(sql::Transaction& tx, std::string_view user_id, const UserPolicy& policy);
// How many there were: 0 or 1.
Result<std::int64_t> remove_user_policy(sql::Transaction& tx, std::string_view user_id,
                                        std::string_view name);

}  // namespace everseal::iam
