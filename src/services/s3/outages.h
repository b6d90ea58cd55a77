#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "clock/clock.h"

namespace everseal::s3 {

// Which outside buckets cannot be reached, and when each is tried again: once a pause, whatever
// waits for it. Pauses double. Thread-safe.
class Outages {
 public:
  // How long all else waits for the outcome of a try.
  static constexpr std::chrono::seconds longest_try{15};

  Outages(std::chrono::milliseconds first_pause, std::chrono::milliseconds longest_pause)
      : first_pause_(first_pause), longest_pause_(longest_pause) {}

  // Nothing: the bucket may be tried now, and this is the one try if it could not be reached
  // before. Otherwise, when to ask again.
  std::optional<TimePoint> must_wait_until(const std::string& bucket, TimePoint now);

  // It could not be reached. `began`: it could be before.
  struct Failed {
    bool began;
    TimePoint next_try;
  };
  Failed failed(const std::string& bucket, TimePoint now);

  // It was reached. True: it could not be before.
  bool reached(const std::string& bucket);

 private:
  struct Outage {
    std::chrono::milliseconds pause;
    TimePoint next_try;
  };

  const std::chrono::milliseconds first_pause_;
  const std::chrono::milliseconds longest_pause_;
  std::mutex mutex_;
  std::map<std::string, Outage> outages_;  // by bucket; guarded by mutex_
};

}  // namespace everseal::s3
