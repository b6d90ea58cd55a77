#include "services/events/operations/remove_permission.h"

#include <utility>

#include "services/events/errors.h"
#include "services/events/own_rule.h"

namespace everseal::events {
namespace {

Result<std::optional<std::string>, ApiError> rest_of(const Bus& bus,
                                                     const RemovePermission::Request& request) {
  if (request.remove_all_permissions.value_or(false)) return std::optional<std::string>();
  if (!bus.policy) return no_policy();
  return without_permission(bus, *request.statement_id);
}

}  // namespace

aws::Access RemovePermission::access(const Request& request, const aws::Call& call) const {
  return access_to(database, bus_of(call, request.bus_name.value_or("")));
}

Result<aws::Empty, ApiError> RemovePermission::operator()(const Request& request,
                                                          const aws::Call& call) const {
  if (!request.statement_id && !request.remove_all_permissions.value_or(false))
    return invalid("Parameter StatementId or RemoveAllPermissions must be specified.");
  const auto wanted = bus_of(call, request.bus_name.value_or(""));
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    auto bus = own_bus(tx, call, wanted);
    if (!bus) return bus.error();
    auto rest = rest_of(*bus, request);
    if (!rest) return rest.error();
    bus->policy = *std::move(rest);
    if (const auto set = change_bus(tx, *bus, clock.now()); !set) return set.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
