#include "services/events/bus_target.h"

#include <utility>

#include "services/events/bus.h"
#include "services/events/bus_policy.h"
#include "services/events/bus_store.h"
#include "services/events/json/json.h"

namespace everseal::events {
namespace {

enum class Answer { Put, NoBus, NotAllowed };

std::string first_resource(const std::string& event) {
  const auto parsed = json::parse(event);
  const auto* resources = parsed ? parsed->find("resources") : nullptr;
  return resources == nullptr || resources->elements.empty() ? ""
                                                             : resources->elements.front().text;
}

// Strangers are not told whether there is such a bus.
Result<Answer> answer_of(sql::Snapshot& view, const BusName& name, const Arn& rule) {
  const auto bus = find_bus(view, name);
  if (!bus) return bus.error();
  if (!*bus) return name.account == rule.account() ? Answer::NoBus : Answer::NotAllowed;
  const auto takes = takes_events_of(**bus, rule);
  if (!takes) return takes.error();
  return *takes ? Answer::Put : Answer::NotAllowed;
}

}  // namespace

bool BusTarget::takes(std::string_view target_arn) const {
  return parse_bus_arn(target_arn).has_value();
}

DeliveryOutcome BusTarget::deliver(const Delivery& delivery) {
  const auto bus = parse_bus_arn(delivery.target_arn);
  const auto rule = Arn::parse(delivery.rule_arn);
  if (!bus || !rule) return Refused{"NO_PERMISSIONS", "The rule has no account"};
  if (delivery.hops >= most_hops)
    return Refused{"LOOP", "The event has passed too many event buses"};
  const auto now = clock_.now();
  const auto put_there = database_.write([&](sql::Transaction& tx) -> Result<Answer> {
    const auto answer = answer_of(tx, *bus, *rule);
    if (!answer || *answer != Answer::Put) return answer;
    const auto done = put(tx,
                          QueuedEvent{.id = delivery.event_id,
                                      .bus = *bus,
                                      .resource = first_resource(delivery.event),
                                      .body = delivery.event,
                                      .hops = delivery.hops + 1,
                                      .received_at = now},
                          now);
    if (!done) return done.error();
    return Answer::Put;
  });
  if (!put_there) return TryAgain{"INTERNAL_ERROR", "The event bus could not be written to"};
  if (*put_there == Answer::NoBus) return Refused{"NO_RESOURCE", "The event bus does not exist"};
  if (*put_there == Answer::NotAllowed)
    return Refused{"NO_PERMISSIONS",
                   "The event bus does not let the account of the rule put events"};
  return Delivered{};
}

}  // namespace everseal::events
