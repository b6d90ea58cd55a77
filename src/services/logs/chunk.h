#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::logs {

// A line of a log, and when it was said.
struct Event {
  TimePoint at;
  std::string message;  // UTF-8
};

// How events are stored: many of one stream as one row. Each is a distance to the first in
// milliseconds, a length and the octets; numbers are in base 128, the lowest digit first (LEB128).
struct Chunk {
  static constexpr std::size_t usual_octets = 64 * 1024;  // one event alone may be longer
  static constexpr std::chrono::milliseconds longest = std::chrono::hours{1};  // first to last

  TimePoint first;
  TimePoint last;
  std::int64_t octets = 0;  // as AWS counts them: 26 for each event, and its own
  Bytes events;
};

// What AWS counts of an event besides its octets.
inline constexpr std::size_t octets_beside_message = 26;

// Events in order of time, cut into chunks.
std::vector<Chunk> to_chunks(std::span<const Event> events);

// Gives the events of a chunk in their order, until `use` returns false. Broken: it is damaged.
Outcome each_event(TimePoint first, ByteView events,
                   const std::function<bool(TimePoint at, std::string_view message)>& use);

}  // namespace everseal::logs
