#include "http/shared.h"

namespace everseal::http {

void Shared::wait_for_connections(std::chrono::steady_clock::time_point until) {
  std::unique_lock lock(mutex_);
  none_open_.wait_until(lock, until, [&] { return connections_open == 0; });
}

void Shared::connection_ended() {
  if (--connections_open > 0 || !stopping) return;
  const std::lock_guard lock(mutex_);
  none_open_.notify_all();
}

}  // namespace everseal::http
