#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace everseal::events {

// How many deliveries each target has in hand: two, or one once it did not take an event, so that a
// target that does not answer leaves threads to others. Thread-safe.
class TargetLoad {
 public:
  static constexpr std::size_t most = 2;
  static constexpr std::size_t most_in_trouble = 1;

  // False: it has as many as it may have.
  bool enter(std::int64_t target);
  void leave(std::int64_t target, bool took_it);

 private:
  struct Load {
    std::size_t in_hand = 0;
    bool in_trouble = false;
  };
  std::mutex mutex_;
  std::map<std::int64_t, Load> loads_;  // guarded by mutex_; of targets that work none is kept
};

}  // namespace everseal::events
