#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <mutex>

#include "latch/doorbell.h"

namespace everseal::jobs {

// Wakes a thread that waits for jobs. Times are milliseconds since 1970. Thread-safe.
class Bell {
 public:
  // A job was promised for that time: one thread looks, unless one wakes early enough anyway.
  void ring(std::int64_t due);
  void ring_for_one() { rung_.ring_for_one(); }
  void ring_for_all() { rung_.ring_for_all(); }

  // A thread is about to look for jobs; what rings from now on ends its next wait.
  using Seen = Doorbell::Rings;
  Seen look();
  // It found that the next job is due at `due`, and sleeps, at most for `longest`.
  void wait(Seen seen, std::int64_t due, std::chrono::milliseconds longest);

 private:
  static constexpr auto kNobody = std::numeric_limits<std::int64_t>::max();

  Doorbell rung_;
  std::mutex mutex_;
  std::int64_t next_wake_ = kNobody;  // guarded by mutex_: when the last sleeper wakes by itself
};

}  // namespace everseal::jobs
