#include "services/events/target_load.h"

namespace everseal::events {

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

void TargetLoad::leave(std::int64_t target, std::optional<bool> took_it) {
  const std::scoped_lock lock(mutex_);
  const auto found = loads_.find(target);
  if (found == loads_.end()) return;
  --found->second.in_hand;
  if (took_it) found->second.in_trouble = !*took_it;
  if (found->second.in_hand == 0 && !found->second.in_trouble) loads_.erase(found);
}

}  // namespace everseal::events
