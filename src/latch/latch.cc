#include "latch/latch.h"

#include <limits>

#include "latch/futex.h"

namespace everseal {

void Latch::open() {
  open_.store(1, std::memory_order_release);
  futex::wake(open_, std::numeric_limits<int>::max());
}

void Latch::wait() const {
  while (open_.load(std::memory_order_acquire) == 0) futex::wait(open_, 0);
}

}  // namespace everseal
