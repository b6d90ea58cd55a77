#include "latch/doorbell.h"

#include <limits>

#include "latch/futex.h"

namespace everseal {

void Doorbell::ring_for_one() { ring_for(1); }
void Doorbell::ring_for_all() { ring_for(std::numeric_limits<int>::max()); }

// Who falls asleep is counted before the kernel looks whether it has rung, and rings are counted
// before we look whether anybody sleeps: one of the two sees the other.
void Doorbell::ring_for(int threads) {
  ++rings_;
  if (asleep_ > 0) futex::wake(rings_, threads);
}

void Doorbell::wait(Rings asked, std::optional<std::chrono::nanoseconds> longest) {
  ++asleep_;
  futex::wait(rings_, asked, longest);
  --asleep_;
}

}  // namespace everseal
