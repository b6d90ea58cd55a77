#include "services/events/operations/delete_event_bus.h"

#include "services/events/archives/archive.h"
#include "services/events/errors.h"
#include "services/events/own_rule.h"
#include "services/events/tag_store.h"

namespace everseal::events {

aws::Access DeleteEventBus::access(const Request& request, const aws::Call& call) const {
  return access_to(database, bus_of(call, request.bus_name));
}

Result<aws::Empty, ApiError> DeleteEventBus::operator()(const Request& request,
                                                        const aws::Call& call) const {
  const auto bus = bus_of(call, request.bus_name);
  if (bus.name == kDefaultBus) return invalid("Cannot delete event bus default.");
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto used = has_rules(tx, bus);
    if (!used) return used.error();
    if (*used) return invalid("Event bus can't be deleted since it has rules.");
    const auto kept_by = archives::archives_of(tx, bus_arn(bus));
    if (!kept_by) return kept_by.error();
    if (!kept_by->empty()) return invalid("Event bus can't be deleted since it has archives.");
    if (const auto removed = remove_bus(tx, bus); !removed) return removed.error();
    if (const auto untagged = remove_tags(tx, bus_arn(bus)); !untagged) return untagged.error();
    return aws::Empty{};
  });
}

}  // namespace everseal::events
