#include "health.h"

#include "installation/installation.h"

namespace everseal::app {
namespace {

constexpr std::chrono::seconds kEvery{1};

}  // namespace

// One of those who ask at the same time.
bool Health::is_due() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  auto next = next_.load();
  return now >= next && next_.compare_exchange_strong(next, now + kEvery);
}

Outcome Health::check() {
  if (!is_due()) {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  auto written =
      database_.write([](sql::Transaction& tx) { return installation::write_for_health(tx); });
  const std::lock_guard lock(mutex_);
  last_ = written;
  return written;
}

}  // namespace everseal::app
