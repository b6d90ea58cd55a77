#include "health.h"

#include "installation/installation.h"

namespace everseal::app {

bool Health::begin(SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (writing_ || (begun_ && now - *begun_ < times_.between)) return false;
  writing_ = true;
  begun_ = now;
  return true;
}

Outcome Health::heard(SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (writing_ && now - *begun_ >= times_.patience) {
    return Fault::unavailable("the storage does not answer");
  }
  return last_;
}

Outcome Health::check() {
  const auto now = std::chrono::steady_clock::now();
  if (!begin(now)) return heard(now);
  auto written =
      database_.write([](sql::Transaction& tx) { return installation::write_for_health(tx); });
  const std::lock_guard lock(mutex_);
  writing_ = false;
  last_ = written;
  return written;
}

}  // namespace everseal::app
