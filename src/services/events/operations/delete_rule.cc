#include "services/events/operations/delete_rule.h"

#include "services/events/errors.h"
#include "services/events/own_rule.h"
#include "services/events/plan.h"
#include "services/events/tag_store.h"
#include "services/events/target_store.h"

namespace everseal::events {

aws::Access DeleteRule::access(const Request& request, const aws::Call& call) const {
  return access_to(database, rule_of(call, request.rule_name, request.event_bus_name));
}

Result<aws::Empty, ApiError> DeleteRule::operator()(const Request& request,
                                                    const aws::Call& call) const {
  const auto name_of_rule = rule_of(call, request.rule_name, request.event_bus_name);
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto bus = own_bus(tx, call, name_of_rule.bus);
    if (!bus) return bus.error();
    const auto rule = find_rule(tx, name_of_rule);
    if (!rule) return rule.error();
    if (!*rule) return aws::Empty{};
    const auto targets = count_targets(tx, (*rule)->id);
    if (!targets) return targets.error();
    if (*targets > 0) return invalid("Rule can't be deleted since it has targets.");
    if (const auto ended = end_plan(tx, (*rule)->id); !ended) return ended.error();
    const auto removed = remove_rule(tx, (*rule)->id);
    if (!removed) return removed.error();
    const auto untagged = remove_tags(tx, rule_arn(name_of_rule));
    if (!untagged) return untagged.error();
    const auto noted = note_change(tx, name_of_rule.bus, clock.now(), random);
    if (!noted) return noted.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
