#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "clock/clock.h"

namespace everseal::events {

// How many deliveries each target has in hand: two, or one once it did not take an event; and all
// of those that did not take one together no more than two, so that targets that do not answer
// leave threads to others, however many they are. One that nothing was tried with for longer than
// any pause between attempts, 25 hours, is forgotten: it may be gone. Thread-safe.
class TargetLoad {
 public:
  static constexpr std::size_t most = 2;
  static constexpr std::size_t most_in_trouble = 1;
  static constexpr std::size_t most_of_all_in_trouble = 2;

  // False: it has as many as it may have.
  bool enter(std::int64_t target);
  // Nothing: it was not asked after all.
  void leave(std::int64_t target, std::optional<bool> took_it, TimePoint now);
  std::size_t count() const;  // targets it has in mind

 private:
  struct Load {
    std::size_t in_hand = 0;
    bool in_trouble = false;
    TimePoint left{};
  };
  bool has_room(const Load& load) const;

  void forget_old(TimePoint now);

  mutable std::mutex mutex_;
  // Guarded by mutex_:
  std::map<std::int64_t, Load> loads_;  // none of those that work
  TimePoint looked_{};                  // for old ones
};

}  // namespace everseal::events
