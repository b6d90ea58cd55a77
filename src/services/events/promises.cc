#include "services/events/promises.h"

#include <string>

#include "jobs/jobs.h"

namespace everseal::events {
namespace {

std::string lane_of(const WaitingEvent& waiting, std::int64_t target) {
  const auto& event = waiting.event;
  return std::to_string(target) + " " +
         (event.resource.empty() ? "#" + std::to_string(waiting.seq) : event.resource);
}

}  // namespace

Outcome promise_delivery(sql::Transaction& tx, const WaitingEvent& waiting, std::int64_t target,
                         TimePoint now) {
  const auto lane = lane_of(waiting, target);
  if (auto added = add_delivery(tx, waiting.seq, target, lane); !added) return added;
  return jobs::add(tx, {.kind = std::string(kDeliverJob), .key = lane, .due = now, .payload = {}});
}

}  // namespace everseal::events
