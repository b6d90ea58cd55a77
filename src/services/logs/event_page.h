#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::logs {

// Where an event stands among those of its group: by its time, and then as it came.
struct EventKey {
  TimePoint at;
  std::int64_t chunk = 0;
  std::int64_t index = 0;
  friend auto operator<=>(const EventKey&, const EventKey&) = default;

  // "1740830400000.17.3"
  std::string text() const;
  static std::optional<EventKey> parse(std::string_view text);
};

struct StoredEvent {
  EventKey key;
  std::int64_t stream = 0;
  TimePoint ingested_at;
  std::string message;
};

enum class Direction { Forward, Backward };

// Which events of a group are wanted.
struct EventQuery {
  std::int64_t group = 0;
  std::optional<std::int64_t> stream{};  // of this one alone
  TimePoint from{};
  TimePoint until = TimePoint::max();  // before it
  Direction direction = Direction::Forward;
  std::optional<EventKey> beyond{};  // behind it, in that direction
  std::size_t most_events = 10'000;
  // Whether events of that stream are wanted, and one of that text.
  std::function<Result<bool>(std::int64_t stream)> stream_passes{};  // empty: all
  std::function<bool(std::string_view message)> message_passes{};    // empty: all
};

struct EventPage {
  std::vector<StoredEvent> events;  // in order of time, whatever the direction
  std::optional<EventKey> next;     // behind which there may be more; nothing: that was all
};

// The next events in that direction. Reads chunk by chunk: memory stays within a page and a chunk.
// A page has at most 1 MiB, or one event; it may have fewer events than are there, or none, when
// many chunks had to be looked at.
Result<EventPage> read_page(sql::Snapshot& view, const EventQuery& query);

}  // namespace everseal::logs
