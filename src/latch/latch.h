#pragma once

#include <atomic>
#include <cstdint>

namespace everseal {

// Closed until it is opened, once: any number of threads wait for that. They sleep at once, where
// std::latch of GCC 12 first spins and yields: dozens that wait would take the cores from those
// that have something to do (docs/decisions/0005). What came before open() is seen after wait().
// Thread-safe; whoever opens it or waits keeps it alive until the call returns.
class Latch {
 public:
  Latch() = default;
  Latch(const Latch&) = delete;
  Latch& operator=(const Latch&) = delete;

  void open();
  void wait() const;

 private:
  std::atomic<std::uint32_t> open_{0};
};

}  // namespace everseal
