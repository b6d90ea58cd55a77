#include "services/events/bus_target.h"

#include <utility>

#include "services/events/bus.h"
#include "services/events/bus_store.h"
#include "services/events/json/json.h"

namespace everseal::events {
namespace {

std::string first_resource(const std::string& event) {
  const auto parsed = json::parse(event);
  const auto* resources = parsed ? parsed->find("resources") : nullptr;
  return resources == nullptr || resources->elements.empty() ? ""
                                                             : resources->elements.front().text;
}

}  // namespace

bool BusTarget::takes(std::string_view target_arn) const {
  return parse_bus_arn(target_arn).has_value();
}

DeliveryOutcome BusTarget::deliver(const Delivery& delivery) {
  const auto bus = parse_bus_arn(delivery.target_arn);
  const auto rule = Arn::parse(delivery.rule_arn);
  if (!bus || !rule || bus->account != rule->account())
    return Refused{"NO_PERMISSIONS", "The event bus belongs to another account"};
  if (delivery.hops >= most_hops)
    return Refused{"LOOP", "The event has passed too many event buses"};
  const auto now = clock_.now();
  const auto put_there = database_.write([&](sql::Transaction& tx) -> Result<bool> {
    const auto found = find_bus(tx, *bus);
    if (!found) return found.error();
    if (!*found) return false;
    const auto done = put(tx,
                          QueuedEvent{.id = delivery.event_id,
                                      .bus = *bus,
                                      .resource = first_resource(delivery.event),
                                      .body = delivery.event,
                                      .hops = delivery.hops + 1,
                                      .received_at = now},
                          now);
    if (!done) return done.error();
    return true;
  });
  if (!put_there) return TryAgain{"INTERNAL_ERROR", "The event bus could not be written to"};
  if (!*put_there) return Refused{"NO_RESOURCE", "The event bus does not exist"};
  return Delivered{};
}

}  // namespace everseal::events
