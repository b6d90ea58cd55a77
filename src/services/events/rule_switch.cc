#include "services/events/rule_switch.h"

#include "services/events/own_rule.h"
#include "services/events/plan.h"

namespace everseal::events {

Result<aws::Empty, ApiError> switch_rule(sql::Database& database, const aws::Call& call,
                                         const RuleName& name, RuleState state, const Clock& clock,
                                         Random& random) {
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto rule = own_rule(tx, call, name);
    if (!rule) return rule.error();
    if (const auto set = set_state(tx, rule->id, state); !set) return set.error();
    auto switched = *rule;
    switched.state = state;
    if (const auto planned = plan_rule(tx, switched, clock.now()); !planned) return planned.error();
    const auto noted = note_change(tx, name.bus, clock.now(), random);
    if (!noted) return noted.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
