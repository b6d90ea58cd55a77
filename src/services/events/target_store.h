#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"
#include "services/events/names.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

struct StoredTarget {
  std::int64_t row = 0;
  std::int64_t rule = 0;
  shapes::Target target;
};

Result<std::optional<StoredTarget>> find_target(sql::Snapshot& view, std::int64_t row);
// By id, those after that one.
Result<std::vector<StoredTarget>> list_targets(sql::Snapshot& view, std::int64_t rule,
                                               std::string_view after, std::int64_t limit);
Result<std::int64_t> count_targets(sql::Snapshot& view, std::int64_t rule);
// Names of the rules of a bus that have this target, after that name.
Result<std::vector<std::string>> list_rules_of_target(sql::Snapshot& view, std::string_view arn,
                                                      const RuleName& after, std::int64_t limit);
// One of the same id is replaced, and keeps its row and what waits for it.
Outcome put_target(sql::Transaction& tx, std::int64_t rule, const shapes::Target& target);
// With what waits for it. False: there is none.
Result<bool> remove_target(sql::Transaction& tx, std::int64_t rule, std::string_view id);

}  // namespace everseal::events
