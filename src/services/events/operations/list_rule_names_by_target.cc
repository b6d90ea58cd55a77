#include "services/events/operations/list_rule_names_by_target.h"

#include <utility>

#include "services/events/own_rule.h"
#include "services/events/pages.h"
#include "services/events/target_store.h"

namespace everseal::events {

aws::Access ListRuleNamesByTarget::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListRuleNamesByTarget::Response, ApiError> ListRuleNamesByTarget::operator()(
    const Request& request, const aws::Call& call) const {
  const auto bus_name = bus_of(call, request.event_bus_name.value_or(""));
  const auto page = page_of(name, call, key_of(bus_name) + " " + request.target_arn,
                            request.next_token, request.limit);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto bus = own_bus(view, call, bus_name);
    if (!bus) return bus.error();
    auto names =
        list_rules_of_target(view, request.target_arn, {bus_name, page->after()}, page->limit());
    if (!names) return names.error();
    Response response;
    response.next_token = page->cut(*names, [](const std::string& rule) { return rule; });
    response.rule_names = *std::move(names);
    return response;
  });
}

}  // namespace everseal::events
