#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/events/archives/archive.h"
#include "sql/database.h"

namespace everseal::events::archives {

// The member of a replayed event that names its replay: such an event is not kept again.
inline constexpr std::string_view kReplayName = "replay-name";

struct KeptEvent {
  std::int64_t seq = 0;
  TimePoint happened_at{};  // what the event itself says, in seconds
  std::string id;
  std::string resource;  // the first; empty if there is none
  std::string body;      // as rules and targets see it
};

// Keeps the event in those of the archives that want it, and promises the housekeeping of each that
// keeps not for ever. An event that is a replay, or no JSON, is kept nowhere.
Outcome keep(sql::Transaction& tx, const std::vector<Archive>& archives, const KeptEvent& event,
             TimePoint now);

// The number of the last event that was kept anywhere; 0 if there is none.
Result<std::int64_t> last_kept(sql::Snapshot& view);

// Which events, and where to go on.
struct Span {
  std::int64_t archive = 0;
  TimePoint from{};        // together with after_seq: what comes behind this place,
  std::int64_t after_seq;  // 0 to begin with the events of `from`
  TimePoint to{};          // inclusive
  std::int64_t up_to = 0;  // the last number
};
// By time, and in the order in which they were kept.
Result<std::vector<KeptEvent>> next_kept(sql::Snapshot& view, const Span& span, std::int64_t limit);

}  // namespace everseal::events::archives
