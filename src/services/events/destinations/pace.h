#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "clock/clock.h"

namespace everseal::events::destinations {

// No more requests to a destination in any second than it says, from this process. Thread-safe.
class Pace {
 public:
  // Nothing: now, and it is counted. Otherwise when to ask again; those who ask are told different
  // times, so that they come one after the other.
  std::optional<TimePoint> ask(const std::string& destination_arn, std::int32_t rate,
                               TimePoint now);

 private:
  struct Times {
    std::deque<TimePoint> gone;  // requests of the last second
    std::deque<TimePoint> told;  // to come
  };
  std::mutex mutex_;
  std::map<std::string, Times> times_;  // by ARN; guarded by mutex_
};

}  // namespace everseal::events::destinations
