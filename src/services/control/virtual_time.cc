#include "services/control/virtual_time.h"

#include "installation/installation.h"

namespace everseal::control {

Result<TimePoint> VirtualTime::advance(std::chrono::milliseconds by) {
  const std::lock_guard lock(moving_);
  // Kept first, at every step: after a crash nothing stored may lie in the future.
  const auto ran = runner_.run_until(clock_.now() + by, [&](TimePoint now) -> Outcome {
    if (auto kept = keep(now); !kept) return kept;
    clock_.set(now);
    return {};
  });
  if (!ran) return ran.error();
  return clock_.now();
}

Outcome VirtualTime::keep(TimePoint now) {
  return database_.write(
      [&](sql::Transaction& tx) { return installation::store_virtual_time(tx, now); });
}

}  // namespace everseal::control
