#include "jobs/bell.h"

namespace everseal::jobs {

void Bell::ring(std::int64_t due) {
  {
    const std::scoped_lock lock(mutex_);
    if (due >= next_wake_) return;
    ++rings_;
  }
  rung_.notify_one();
}

void Bell::ring_for_one() {
  {
    const std::scoped_lock lock(mutex_);
    ++rings_;
  }
  rung_.notify_one();
}

void Bell::ring_for_all() {
  {
    const std::scoped_lock lock(mutex_);
    ++rings_;
  }
  rung_.notify_all();
}

Bell::Seen Bell::look() {
  const std::scoped_lock lock(mutex_);
  next_wake_ = kNobody;
  return rings_;
}

void Bell::wait(Seen seen, std::int64_t due, std::chrono::milliseconds longest,
                const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (rings_ != seen) return;
  next_wake_ = due;
  rung_.wait_for(lock, stop, longest, [&] { return rings_ != seen; });
}

}  // namespace everseal::jobs
