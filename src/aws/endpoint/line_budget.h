#pragma once

#include <atomic>
#include <cstdint>

#include "clock/clock.h"

namespace everseal::aws::endpoint {

// How many log lines strangers may cause, so that nobody fills the disk without a key: so many in
// each second, the others are only counted. Thread-safe.
class LineBudget {
 public:
  explicit LineBudget(std::uint32_t lines_per_second) : limit_(lines_per_second) {}

  bool take() {
    const auto second = static_cast<std::uint64_t>(age_.elapsed().count() / 1'000'000);
    auto state = state_.load();
    while (true) {
      const std::uint64_t used = state >> 32U == second ? state & 0xffffffffU : 0;
      if (used >= limit_) return false;
      if (state_.compare_exchange_weak(state, second << 32U | (used + 1))) return true;
    }
  }

 private:
  const std::uint32_t limit_;
  const Stopwatch age_;
  std::atomic<std::uint64_t> state_{0};  // the second, and how many lines it has had
};

}  // namespace everseal::aws::endpoint
