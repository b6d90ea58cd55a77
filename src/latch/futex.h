#pragma once

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>

// futex(2) within one process, for the classes of this folder.
namespace everseal::futex {

using Word = std::atomic<std::uint32_t>;
static_assert(sizeof(Word) == sizeof(std::uint32_t));  // what the kernel looks at

inline void wake(Word& word, int threads) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, threads, nullptr, nullptr, 0);
}

// While it holds `value`, and at most for `longest`; returns for a signal, too.
inline void wait(const Word& word, std::uint32_t value,
                 std::optional<std::chrono::nanoseconds> longest = {}) {
  const auto left = longest.value_or(std::chrono::nanoseconds::zero());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  const timespec time{.tv_sec = seconds.count(), .tv_nsec = (left - seconds).count()};
  syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, longest ? &time : nullptr, nullptr, 0);
}

}  // namespace everseal::futex
