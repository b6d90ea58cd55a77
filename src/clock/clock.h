#pragma once

#include <atomic>
#include <chrono>

namespace everseal {

// Milliseconds since 1970, UTC. X.509 times are floored to seconds where they are encoded.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

inline std::int64_t to_millis(TimePoint time) { return time.time_since_epoch().count(); }
inline TimePoint from_millis(std::int64_t millis) {
  return TimePoint{std::chrono::milliseconds{millis}};
}

// What time it is. Only WallClock asks the machine. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
};

class WallClock final : public Clock {
 public:
  TimePoint now() const override;
};

// Stands still until somebody moves it: for tests, and for `serve --clock virtual`.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : millis_(to_millis(start)) {}
  TimePoint now() const override { return from_millis(millis_.load()); }
  void set(TimePoint time) { millis_.store(to_millis(time)); }
  void advance(std::chrono::milliseconds by) { millis_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> millis_;
};

// Measures how long something took; says nothing about what time it is.
class Stopwatch {
 public:
  Stopwatch() : start_(std::chrono::steady_clock::now()) {}
  std::chrono::microseconds elapsed() const;

 private:
  std::chrono::steady_clock::time_point start_;
};

}  // namespace everseal
