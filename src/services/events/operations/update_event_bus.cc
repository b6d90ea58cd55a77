#include "services/events/operations/update_event_bus.h"

#include "services/events/own_rule.h"

namespace everseal::events {

aws::Access UpdateEventBus::access(const Request& request, const aws::Call& call) const {
  return access_to(database, bus_of(call, request.bus_name.value_or("")));
}

Result<UpdateEventBus::Response, ApiError> UpdateEventBus::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto wanted = bus_of(call, request.bus_name.value_or(""));
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    auto bus = own_bus(tx, call, wanted);
    if (!bus) return bus.error();
    if (request.description) bus->description = request.description;
    if (const auto set = change_bus(tx, *bus, clock.now()); !set) return set.error();
    return Response{bus_arn(wanted), wanted.name, bus->description};
  });
}

}  // namespace everseal::events
