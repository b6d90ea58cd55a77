#include "services/events/operations/describe_rule.h"

#include "services/events/own_rule.h"

namespace everseal::events {

aws::Access DescribeRule::access(const Request& request, const aws::Call& call) const {
  return access_to(database, rule_of(call, request.name, request.event_bus_name));
}

Result<DescribeRule::Response, ApiError> DescribeRule::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  const auto wanted = rule_of(call, request.name, request.event_bus_name);
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto rule = own_rule(view, call, wanted);
    if (!rule) return rule.error();
    return Response{.rule_name = wanted.name,
                    .arn = rule_arn(wanted),
                    .event_pattern = rule->event_pattern,
                    .schedule_expression = rule->schedule_expression,
                    .state = rule->state,
                    .description = rule->description,
                    .role_arn = rule->role_arn,
                    .event_bus_name = wanted.bus.name,
                    .created_by = wanted.bus.account};
  });
}

}  // namespace everseal::events
