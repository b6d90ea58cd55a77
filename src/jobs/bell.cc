#include "jobs/bell.h"

namespace everseal::jobs {

void Bell::ring(std::int64_t due) {
  {
    const std::scoped_lock lock(mutex_);
    if (due >= next_wake_) return;
  }
  rung_.ring_for_one();
}

Bell::Seen Bell::look() {
  const std::scoped_lock lock(mutex_);
  next_wake_ = kNobody;
  return rung_.rings();
}

void Bell::wait(Seen seen, std::int64_t due, std::chrono::milliseconds longest) {
  {
    const std::scoped_lock lock(mutex_);
    if (rung_.rings() != seen) return;
    next_wake_ = due;
  }
  rung_.wait(seen, longest);
}

}  // namespace everseal::jobs
