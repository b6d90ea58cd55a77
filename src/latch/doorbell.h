#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace everseal {

// Threads that look for work sleep until it rings. Whoever is about to look asks rings() first:
// what rings from then on ends its wait, so that work handed in meanwhile is not slept over.
// std::condition_variable would do, did glibc before 2.41 not lose a notify_one now and then where
// several threads wait (docs/decisions/0012). Thread-safe.
class Doorbell {
 public:
  using Rings = std::uint32_t;

  Doorbell() = default;
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;

  Rings rings() const { return rings_; }
  void ring_for_one();
  void ring_for_all();

  // Until it has rung since it was asked, at most for `longest`; now and then for no reason.
  void wait(Rings asked, std::optional<std::chrono::nanoseconds> longest = {});

 private:
  void ring_for(int threads);

  std::atomic<Rings> rings_{0};
  std::atomic<int> asleep_{0};
};

}  // namespace everseal
