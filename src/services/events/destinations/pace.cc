#include "services/events/destinations/pace.h"

#include <algorithm>
#include <chrono>

namespace everseal::events::destinations {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMostSecondsAhead = 60;

void drop_until(std::deque<TimePoint>& times, TimePoint last) {
  while (!times.empty() && times.front() <= last) times.pop_front();
}

}  // namespace

std::optional<TimePoint> Pace::ask(const std::string& destination_arn, std::int32_t rate,
                                   TimePoint now) {
  const std::scoped_lock lock(mutex_);
  auto& [gone, told] = times_[destination_arn];
  const auto most = static_cast<std::size_t>(std::max(rate, 1));
  drop_until(gone, now - seconds{1});
  drop_until(told, now);
  if (gone.size() < most) {
    gone.push_back(now);
    return std::nullopt;
  }
  // A place becomes free a second after each of the last `most`, and so on each second.
  const auto ahead = std::min(told.size(), most * kMostSecondsAhead);
  const auto& leaves = gone[gone.size() - most + ahead % most];
  const auto at = leaves + seconds{1 + static_cast<std::int64_t>(ahead / most)};
  told.insert(std::ranges::upper_bound(told, at), at);
  return at;
}

}  // namespace everseal::events::destinations
