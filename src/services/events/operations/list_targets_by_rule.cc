#include "services/events/operations/list_targets_by_rule.h"

#include <utility>

#include "services/events/own_rule.h"
#include "services/events/pages.h"
#include "services/events/target_store.h"

namespace everseal::events {

aws::Access ListTargetsByRule::access(const Request& request, const aws::Call& call) const {
  return access_to(database, rule_of(call, request.rule, request.event_bus_name));
}

Result<ListTargetsByRule::Response, ApiError> ListTargetsByRule::operator()(
    const Request& request, const aws::Call& call) const {
  const auto name_of_rule = rule_of(call, request.rule, request.event_bus_name);
  const auto page = page_of(name, call, rule_arn(name_of_rule), request.next_token, request.limit);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto rule = own_rule(view, call, name_of_rule);
    if (!rule) return rule.error();
    auto targets = list_targets(view, rule->id, page->after(), page->limit());
    if (!targets) return targets.error();
    Response response;
    response.next_token =
        page->cut(*targets, [](const StoredTarget& stored) { return stored.target.id; });
    for (auto& stored : *targets) response.targets.push_back(std::move(stored.target));
    return response;
  });
}

}  // namespace everseal::events
