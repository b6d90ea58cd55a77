#include "services/events/operations/put_rule.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/own_rule.h"
#include "services/events/pattern/pattern.h"
#include "services/events/settings.h"
#include "services/events/tag_store.h"

namespace everseal::events {
namespace {

std::optional<ApiError> refuse(const PutRule::Request& request) {
  const bool has_pattern = request.event_pattern && !request.event_pattern->empty();
  if (request.schedule_expression && !request.schedule_expression->empty())
    return invalid("Parameter ScheduleExpression is not supported by Everseal.");
  if (!has_pattern)
    return invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  const auto pattern = Pattern::compile(*request.event_pattern);
  if (!pattern) return invalid_pattern(pattern.error().reason);
  return std::nullopt;
}

Result<void, ApiError> make_room(sql::Snapshot& view, const RuleName& name) {
  const auto found = find_rule(view, name);
  if (!found) return found.error();
  if (*found) return {};
  const auto rules = count_rules(view, name.bus);
  if (!rules) return rules.error();
  if (*rules >= kMostRules) return over_limit();
  return {};
}

}  // namespace

aws::Access PutRule::access(const Request& request, const aws::Call& call) const {
  return with_tags(access_to(database, rule_of(call, request.rule_name, request.event_bus_name)),
                   request.tags);
}

Result<PutRule::Response, ApiError> PutRule::operator()(const Request& request,
                                                        const aws::Call& call) const {
  if (auto refused = refuse(request)) return *std::move(refused);
  const Rule rule{.name = rule_of(call, request.rule_name, request.event_bus_name),
                  .event_pattern = request.event_pattern,
                  .schedule_expression = {},
                  .state = request.state.value_or(RuleState::Enabled),
                  .description = request.description,
                  .role_arn = request.role_arn};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto bus = own_bus(tx, call, rule.name.bus);
    if (!bus) return bus.error();
    if (const auto room = make_room(tx, rule.name); !room) return room.error();
    const bool is_new = !*find_rule(tx, rule.name);
    if (const auto put = put_rule(tx, rule); !put) return put.error();
    if (is_new) {
      const auto tagged = put_tags(tx, rule_arn(rule.name), request.tags);
      if (!tagged) return tagged.error();
    }
    const auto noted = note_change(tx, rule.name.bus, clock.now(), random);
    if (!noted) return noted.error();
    return Response{rule_arn(rule.name)};
  });
}

}  // namespace everseal::events
