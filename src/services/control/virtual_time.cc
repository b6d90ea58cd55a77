#include "services/control/virtual_time.h"

#include "installation/installation.h"

namespace everseal::control {

Result<TimePoint> VirtualTime::advance(std::chrono::milliseconds by) {
  const std::lock_guard lock(moving_);
  Outcome kept;
  const auto ran = runner_.run_until(clock_.now() + by, [&](TimePoint now) {
    clock_.set(now);
    // Kept at every step: after a crash nothing stored may lie in the future.
    if (kept) kept = keep(now);
  });
  if (!ran) return ran.error();
  if (!kept) return kept.error();
  return clock_.now();
}

Outcome VirtualTime::keep(TimePoint now) {
  return database_.write(
      [&](sql::Transaction& tx) { return installation::store_virtual_time(tx, now); });
}

}  // namespace everseal::control
