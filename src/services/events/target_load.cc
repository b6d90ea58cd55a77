#include "services/events/target_load.h"

namespace everseal::events {

bool TargetLoad::enter(std::int64_t target) {
  const std::scoped_lock lock(mutex_);
  auto& load = loads_[target];
  if (load.in_hand >= (load.in_trouble ? most_in_trouble : most)) return false;
  ++load.in_hand;
  return true;
}

void TargetLoad::leave(std::int64_t target, bool took_it) {
  const std::scoped_lock lock(mutex_);
  const auto found = loads_.find(target);
  if (found == loads_.end()) return;
  --found->second.in_hand;
  found->second.in_trouble = !took_it;
  if (found->second.in_hand == 0 && took_it) loads_.erase(found);
}

}  // namespace everseal::events
