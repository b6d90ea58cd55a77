#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/rule_store.h"
#include "sql/database.h"

// When the schedule of a rule fires next.
namespace everseal::events {

inline constexpr std::string_view kFireJob = "events.fire";  // its key is the rule's row

struct Plan {
  std::int64_t rule = 0;
  std::string expression;
  TimePoint planned_at;  // a whole minute
};

Result<std::optional<Plan>> find_plan(sql::Snapshot& view, std::int64_t rule);

// After a change of the rule: if it is enabled and has a schedule, promises the first minute of it,
// or leaves the plan as it is if that is of the same expression; otherwise ends it.
Outcome plan_rule(sql::Transaction& tx, const Rule& rule, TimePoint now);
// After the planned minute: promises the next one that is not over yet.
Outcome plan_next(sql::Transaction& tx, const Plan& plan, TimePoint now);
// Promises the planned minute once more.
Outcome keep_plan(sql::Transaction& tx, const Plan& plan);
Outcome end_plan(sql::Transaction& tx, std::int64_t rule);

}  // namespace everseal::events
