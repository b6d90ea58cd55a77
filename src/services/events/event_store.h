#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/bus.h"
#include "sql/database.h"

// What waits to be matched, and what waits to be delivered. An event is forgotten with the last of
// its deliveries.
namespace everseal::events {

struct WaitingEvent {
  std::int64_t seq = 0;
  QueuedEvent event;
};

Outcome add_event(sql::Transaction& tx, const QueuedEvent& event);
// One that no rule is asked about. Its seq; deliveries are to follow in the same transaction.
Result<std::int64_t> add_matched_event(sql::Transaction& tx, const QueuedEvent& event);
// In the order in which they were put.
Result<std::vector<WaitingEvent>> to_match(sql::Snapshot& view, const BusName& bus,
                                           std::int64_t limit);
// Whether it still waits for something.
Result<bool> waits(sql::Snapshot& view, std::int64_t seq);
Outcome mark_matched(sql::Transaction& tx, std::int64_t seq);

struct WaitingDelivery {
  std::int64_t id = 0;
  std::int64_t target = 0;  // its row
  std::int64_t attempts = 0;
  TimePoint not_before;
  WaitingEvent event;
};

Outcome add_delivery(sql::Transaction& tx, std::int64_t event, std::int64_t target,
                     std::string_view lane);
// The one that is next in the lane.
Result<std::optional<WaitingDelivery>> next_in(sql::Snapshot& view, std::string_view lane);
Outcome postpone(sql::Transaction& tx, std::int64_t delivery, std::int64_t attempts,
                 TimePoint not_before);
// False: it was dropped meanwhile.
Result<bool> finish(sql::Transaction& tx, const WaitingDelivery& delivery);
Outcome drop_deliveries_to(sql::Transaction& tx, std::int64_t target);

}  // namespace everseal::events
