#include "services/events/target_load.h"

#include <chrono>

namespace everseal::events {
namespace {

constexpr std::chrono::hours kRemembered{25};
constexpr std::chrono::hours kBetweenLooks{1};

}  // namespace

bool TargetLoad::enter(std::int64_t target) {
  const std::scoped_lock lock(mutex_);
  auto& load = loads_[target];
  if (!has_room(load)) return false;
  ++load.in_hand;
  return true;
}

bool TargetLoad::has_room(const Load& load) const {
  if (!load.in_trouble) return load.in_hand < most;
  std::size_t all = 0;
  for (const auto& [target, other] : loads_) all += other.in_trouble ? other.in_hand : 0;
  return load.in_hand < most_in_trouble && all < most_of_all_in_trouble;
}

void TargetLoad::leave(std::int64_t target, std::optional<bool> took_it, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  const auto found = loads_.find(target);
  if (found == loads_.end()) return;
  --found->second.in_hand;
  found->second.left = now;
  if (took_it) found->second.in_trouble = !*took_it;
  if (found->second.in_hand == 0 && !found->second.in_trouble) loads_.erase(found);
  if (now - looked_ >= kBetweenLooks) forget_old(now);
}

void TargetLoad::forget_old(TimePoint now) {
  std::erase_if(loads_, [&](const auto& one) {
    return one.second.in_hand == 0 && now - one.second.left >= kRemembered;
  });
  looked_ = now;
}

std::size_t TargetLoad::count() const {
  const std::scoped_lock lock(mutex_);
  return loads_.size();
}

}  // namespace everseal::events
