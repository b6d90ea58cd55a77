#include "services/events/operations/list_rules.h"

#include "services/events/own_rule.h"
#include "services/events/pages.h"

namespace everseal::events {
namespace {

ListRules::Item shown(const Rule& rule) {
  return {.rule_name = rule.name.name,
          .arn = rule_arn(rule.name),
          .event_pattern = rule.event_pattern,
          .state = rule.state,
          .description = rule.description,
          .schedule_expression = rule.schedule_expression,
          .role_arn = rule.role_arn,
          .event_bus_name = rule.name.bus.name};
}

}  // namespace

aws::Access ListRules::access(const Request&, const aws::Call&) const { return aws::on_anything(); }

Result<ListRules::Response, ApiError> ListRules::operator()(const Request& request,
                                                            const aws::Call& call) const {
  const auto prefix = request.name_prefix.value_or("");
  const auto bus_name = bus_of(call, request.event_bus_name.value_or(""));
  const auto page =
      page_of(name, call, key_of(bus_name) + " " + prefix, request.next_token, request.limit);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto bus = own_bus(view, call, bus_name);
    if (!bus) return bus.error();
    auto rules = list_rules(view, {bus_name, page->after()}, prefix, page->limit());
    if (!rules) return rules.error();
    Response response;
    response.next_token = page->cut(*rules, [](const Rule& rule) { return rule.name.name; });
    for (const auto& rule : *rules) response.rules.push_back(shown(rule));
    return response;
  });
}

}  // namespace everseal::events
