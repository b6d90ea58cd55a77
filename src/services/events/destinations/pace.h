#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "clock/clock.h"

namespace everseal::events::destinations {

// No more requests to a destination in any second than it says, from this process. Those that
// nobody asks about are forgotten. Thread-safe.
class Pace {
 public:
  // Nothing: now, and it is counted. Otherwise when to ask again; those who ask are told different
  // times, so that they come one after the other.
  std::optional<TimePoint> ask(const std::string& destination_arn, std::int32_t rate,
                               TimePoint now);
  std::size_t count() const;  // destinations it has in mind

 private:
  struct Times {
    std::deque<TimePoint> gone;  // requests of the last second
    std::deque<TimePoint> told;  // to come
    void drop_past(TimePoint now);
  };
  void drop_past(TimePoint now);

  mutable std::mutex mutex_;
  // Guarded by mutex_:
  std::map<std::string, Times> times_;  // by ARN
  TimePoint dropped_{};                 // when those of all were
};

}  // namespace everseal::events::destinations
