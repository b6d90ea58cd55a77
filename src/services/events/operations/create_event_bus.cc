#include "services/events/operations/create_event_bus.h"

#include "services/events/bus_store.h"
#include "services/events/errors.h"
#include "services/events/settings.h"
#include "services/events/tag_store.h"

namespace everseal::events {

aws::Access CreateEventBus::access(const Request& request, const aws::Call& call) const {
  return with_tags(aws::on(bus_arn({call.caller.account, call.region, request.bus_name})),
                   request.tags);
}

Result<CreateEventBus::Response, ApiError> CreateEventBus::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const BusName made{call.caller.account, call.region, request.bus_name};
  if (request.event_source_name || made.name.find('/') != std::string::npos)
    return invalid("Partner event buses are not supported by Everseal.");
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto found = find_bus(tx, made);
    if (!found) return found.error();
    if (*found) return bus_exists(made.name);
    const auto all = list_buses(tx, {made.account, made.region, ""}, "", kMostBuses);
    if (!all) return all.error();
    if (all->size() >= kMostBuses) return over_limit();
    const auto added =
        add_bus(tx, {.name = made, .description = request.description, .created_at = clock.now()});
    if (!added) return added.error();
    const auto tagged = put_tags(tx, bus_arn(made), request.tags);
    if (!tagged) return tagged.error();
    return Response{bus_arn(made), request.description};
  });
}

}  // namespace everseal::events
