#include "services/events/operations/enable_rule.h"

#include "services/events/own_rule.h"
#include "services/events/rule_switch.h"

namespace everseal::events {

aws::Access EnableRule::access(const Request& request, const aws::Call& call) const {
  return access_to(database, rule_of(call, request.name, request.event_bus_name));
}

Result<aws::Empty, ApiError> EnableRule::operator()(const Request& request,
                                                    const aws::Call& call) const {
  const auto name_of_rule = rule_of(call, request.name, request.event_bus_name);
  return switch_rule(database, call, name_of_rule, RuleState::Enabled, clock, random);
}

}  // namespace everseal::events
