#include "services/s3/outages.h"

#include <algorithm>

namespace everseal::s3 {

std::optional<TimePoint> Outages::must_wait_until(const std::string& bucket, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  const auto outage = outages_.find(bucket);
  if (outage == outages_.end()) return std::nullopt;
  if (now < outage->second.next_try) return outage->second.next_try;
  outage->second.next_try = now + longest_try;
  return std::nullopt;
}

Outages::Failed Outages::failed(const std::string& bucket, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  const auto [outage, began] = outages_.try_emplace(bucket, Outage{first_pause_, {}});
  auto& [pause, next_try] = outage->second;
  // Two tries may have been under way when it began: that is one failure.
  if (!began && next_try > now + longest_try) return {.began = false, .next_try = next_try};
  if (!began) pause = std::min(pause * 2, longest_pause_);
  next_try = now + pause;
  return {.began = began, .next_try = next_try};
}

bool Outages::reached(const std::string& bucket) {
  const std::scoped_lock lock(mutex_);
  return outages_.erase(bucket) > 0;
}

}  // namespace everseal::s3
