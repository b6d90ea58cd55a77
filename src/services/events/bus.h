#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/names.h"
#include "sql/database.h"

namespace everseal::events {

// Something that happened, as its source tells it.
struct Event {
  std::string id{};         // a UUID; the same on every delivery
  BusName bus{};            // whose account and region the event has
  std::string source;       // "aws.acm"
  std::string detail_type;  // "ACM Certificate Available"
  TimePoint time;
  std::vector<std::string> resources;  // ARNs; events with the same first one keep their order
  std::string detail;                  // a JSON object
  int hops = 0;                        // buses and functions that it has come by
};

// Puts the event on its bus in the transaction of the change that caused it: it leaves with the
// change or not at all. Only rows are written, those of the archives that want it among them, and a
// job promised that looks for rules, if the bus has one that could want it. Malformed: the detail
// is no JSON object.
Outcome put(sql::Transaction& tx, const Event& event, TimePoint now);

// The event as rules and targets see it: {"version": "0", "id": ..., ..., "detail": {...}}.
Result<std::string> text_of(const Event& event);

// An event that is a text already.
struct QueuedEvent {
  std::string id;
  BusName bus;
  std::string resource;  // the first; empty if there is none
  std::string body;
  int hops = 0;  // buses and functions that it has come by
  TimePoint received_at;
};
Outcome put(sql::Transaction& tx, const QueuedEvent& event, TimePoint now);

inline constexpr std::string_view kMatchJob = "events.match";

}  // namespace everseal::events
