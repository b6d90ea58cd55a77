#include "services/events/operations/describe_event_bus.h"

#include "services/events/own_rule.h"

namespace everseal::events {

aws::Access DescribeEventBus::access(const Request& request, const aws::Call& call) const {
  return access_to(database, bus_of(call, request.bus_name.value_or("")));
}

Result<DescribeEventBus::Response, ApiError> DescribeEventBus::operator()(
    const Request& request, const aws::Call& call) const {
  const auto wanted = bus_of(call, request.bus_name.value_or(""));
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    const auto bus = own_bus(view, call, wanted);
    if (!bus) return bus.error();
    return Response{bus->name.name,   bus_arn(bus->name),
                    bus->description, bus->policy,
                    bus->created_at,  bus->modified_at ? bus->modified_at : bus->created_at};
  });
}

}  // namespace everseal::events
