#include "services/events/operations/remove_targets.h"

#include "services/events/own_rule.h"
#include "services/events/target_store.h"

namespace everseal::events {

aws::Access RemoveTargets::access(const Request& request, const aws::Call& call) const {
  return access_to(database, rule_of(call, request.rule, request.event_bus_name));
}

Result<RemoveTargets::Response, ApiError> RemoveTargets::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const auto name_of_rule = rule_of(call, request.rule, request.event_bus_name);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto rule = own_rule(tx, call, name_of_rule);
    if (!rule) return rule.error();
    Response response;
    for (const auto& id : request.ids) {
      const auto removed = remove_target(tx, rule->id, id);
      if (!removed) return removed.error();
      if (*removed) continue;
      ++response.failed_entry_count;
      response.failed_entries.push_back({id, "ResourceNotFoundException",
                                         "Rule " + request.rule + " does not have target " + id});
    }
    const auto noted = note_change(tx, name_of_rule.bus, clock.now(), random);
    if (!noted) return noted.error();
    return response;
  });
}

}  // namespace everseal::events
