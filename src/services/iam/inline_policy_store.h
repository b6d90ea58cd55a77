#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/iam/holder.h"
#include "sql/database.h"

// Inline policies: part of a user or role, each with a name of its own.
namespace everseal::iam {

struct InlinePolicy {
  std::string name;
  std::string document;  // as it was given
};

Result<std::optional<std::string>> find_inline_policy(sql::Snapshot& view, const Holder& holder,
                                                      std::string_view name);
Result<std::vector<InlinePolicy>> inline_policies(sql::Snapshot& view, const Holder& holder);

// In the order of their names, after that one; at most `limit`.
Result<std::vector<std::string>> list_inline_policy_names(sql::Snapshot& view, const Holder& holder,
                                                          std::string_view after,
                                                          std::int64_t limit);

// Adds it, or takes the place of the one of that name.
Outcome put_inline_policy(sql::Transaction& tx, const Holder& holder, const InlinePolicy& policy);
// How many there were: 0 or 1.
Result<std::int64_t> remove_inline_policy(sql::Transaction& tx, const Holder& holder,
                                          std::string_view name);

}  // namespace everseal::iam
