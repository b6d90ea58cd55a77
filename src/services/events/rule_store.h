#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/fields.h"
#include "result/result.h"
#include "services/events/names.h"
#include "sql/database.h"

namespace everseal::events {

enum class RuleState { Enabled, Disabled, EnabledWithManagementEvents };

struct Rule {
  std::int64_t id = 0;
  RuleName name;
  std::optional<std::string> event_pattern;
  std::optional<std::string> schedule_expression;
  RuleState state = RuleState::Enabled;
  std::optional<std::string> description;
  std::optional<std::string> role_arn;
};

Result<std::optional<Rule>> find_rule(sql::Snapshot& view, const RuleName& name);
Result<std::optional<Rule>> find_rule(sql::Snapshot& view, std::int64_t id);
// By name, those that begin so and come after that one.
Result<std::vector<Rule>> list_rules(sql::Snapshot& view, const RuleName& after,
                                     std::string_view prefix, std::int64_t limit);
Result<std::int64_t> count_rules(sql::Snapshot& view, const BusName& bus);
// Replaces the one of that name wholly.
Outcome put_rule(sql::Transaction& tx, const Rule& rule);
Outcome set_state(sql::Transaction& tx, std::int64_t id, RuleState state);
Outcome remove_rule(sql::Transaction& tx, std::int64_t id);

}  // namespace everseal::events

namespace everseal::aws {
template <>
inline constexpr auto names_of<events::RuleState> = std::to_array<EnumName<events::RuleState>>({
    {events::RuleState::Enabled, "ENABLED"},
    {events::RuleState::Disabled, "DISABLED"},
    {events::RuleState::EnabledWithManagementEvents,
     "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"},
});
}  // namespace everseal::aws
