#include "services/events/operations/list_event_buses.h"

#include "services/events/bus_store.h"
#include "services/events/pages.h"

namespace everseal::events {

aws::Access ListEventBuses::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<ListEventBuses::Response, ApiError> ListEventBuses::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto prefix = request.name_prefix.value_or("");
  const auto page = page_of(name, call, prefix, request.next_token, request.limit);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto buses =
        list_buses(view, {call.caller.account, call.region, page->after()}, prefix, page->limit());
    if (!buses) return buses.error();
    Response response;
    response.next_token = page->cut(*buses, [](const Bus& bus) { return bus.name.name; });
    for (const auto& bus : *buses)
      response.event_buses.push_back({bus.name.name, bus_arn(bus.name), bus.description, bus.policy,
                                      bus.created_at,
                                      bus.modified_at ? bus.modified_at : bus.created_at});
    return response;
  });
}

}  // namespace everseal::events
