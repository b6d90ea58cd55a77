#include "latch/latch.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <limits>

namespace everseal {

static_assert(sizeof(std::atomic<int>) == sizeof(int));  // what the kernel looks at

void Latch::open() {
  open_.store(1, std::memory_order_release);
  syscall(SYS_futex, &open_, FUTEX_WAKE_PRIVATE, std::numeric_limits<int>::max(), nullptr, nullptr,
          0);
}

void Latch::wait() const {
  while (open_.load(std::memory_order_acquire) == 0) {
    syscall(SYS_futex, &open_, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
  }
}

}  // namespace everseal
