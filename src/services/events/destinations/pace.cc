#include "services/events/destinations/pace.h"

#include <algorithm>
#include <chrono>

namespace everseal::events::destinations {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMostSecondsAhead = 60;
constexpr seconds kBetweenDrops{60};

void drop_until(std::deque<TimePoint>& times, TimePoint last) {
  while (!times.empty() && times.front() <= last) times.pop_front();
}

}  // namespace

void Pace::Times::drop_past(TimePoint now) {
  drop_until(gone, now - seconds{1});
  drop_until(told, now);
}

void Pace::drop_past(TimePoint now) {
  for (auto& [arn, times] : times_) times.drop_past(now);
  std::erase_if(times_,
                [](const auto& one) { return one.second.gone.empty() && one.second.told.empty(); });
  dropped_ = now;
}

std::size_t Pace::count() const {
  const std::scoped_lock lock(mutex_);
  return times_.size();
}

std::optional<TimePoint> Pace::ask(const std::string& destination_arn, std::int32_t rate,
                                   TimePoint now) {
  const std::scoped_lock lock(mutex_);
  if (now - dropped_ >= kBetweenDrops) drop_past(now);
  auto& times = times_[destination_arn];
  times.drop_past(now);
  auto& [gone, told] = times;
  const auto most = static_cast<std::size_t>(std::max(rate, 1));
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
