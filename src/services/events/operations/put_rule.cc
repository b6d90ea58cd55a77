#include "services/events/operations/put_rule.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/own_rule.h"
#include "services/events/pattern/pattern.h"
#include "services/events/plan.h"
#include "services/events/schedule/expression.h"
#include "services/events/settings.h"
#include "services/events/tag_store.h"

namespace everseal::events {
namespace {

// An empty text is as good as none.
std::optional<std::string> given(const std::optional<std::string>& text) {
  return text && !text->empty() ? text : std::nullopt;
}

std::optional<ApiError> refuse_schedule(const Rule& rule) {
  if (!rule.schedule_expression) return std::nullopt;
  if (rule.name.bus.name != kDefaultBus)
    return invalid("ScheduleExpression is supported only on the default event bus.");
  if (!schedule::Expression::parse(*rule.schedule_expression))
    return invalid("Parameter ScheduleExpression is not valid.");
  return std::nullopt;
}

std::optional<ApiError> refuse(const Rule& rule) {
  if (!rule.event_pattern && !rule.schedule_expression)
    return invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (rule.event_pattern) {
    const auto pattern = Pattern::compile(*rule.event_pattern);
    if (!pattern) return invalid_pattern(pattern.error().reason);
  }
  return refuse_schedule(rule);
}

Outcome plan(sql::Transaction& tx, const RuleName& name, TimePoint now) {
  const auto rule = find_rule(tx, name);
  if (!rule) return rule.error();
  if (!*rule) return Fault::broken("a rule that was put is not there");
  return plan_rule(tx, **rule, now);
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
  const Rule rule{.name = rule_of(call, request.rule_name, request.event_bus_name),
                  .event_pattern = given(request.event_pattern),
                  .schedule_expression = given(request.schedule_expression),
                  .state = request.state.value_or(RuleState::Enabled),
                  .description = request.description,
                  .role_arn = request.role_arn};
  if (auto refused = refuse(rule)) return *std::move(refused);
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto bus = own_bus(tx, call, rule.name.bus);
    if (!bus) return bus.error();
    if (const auto room = make_room(tx, rule.name); !room) return room.error();
    const auto before = find_rule(tx, rule.name);
    if (!before) return before.error();
    if (const auto put = put_rule(tx, rule); !put) return put.error();
    if (!*before) {
      const auto tagged = put_tags(tx, rule_arn(rule.name), request.tags);
      if (!tagged) return tagged.error();
    }
    if (const auto planned = plan(tx, rule.name, clock.now()); !planned) return planned.error();
    const auto noted = note_change(tx, rule.name.bus, clock.now(), random);
    if (!noted) return noted.error();
    return Response{rule_arn(rule.name)};
  });
}

}  // namespace everseal::events
