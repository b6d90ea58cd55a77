#include "services/cloudwatch/recorder.h"

#include <chrono>
#include <utility>

namespace everseal::cloudwatch {

void Recorder::record(const Series& series, double value) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(clock_.now());
  const std::lock_guard lock(mutex_);
  auto found = counted_.find(series);
  if (found == counted_.end()) {
    if (counted_.size() == most_series) {
      ++lost_;
      return;
    }
    found = counted_.try_emplace(series).first;
  }
  found->second[minute].add(Statistics::of(value));
}

Outcome Recorder::write() {
  const std::lock_guard one_at_a_time(writing_);
  Counted counted;
  std::uint64_t lost = 0;
  {
    const std::lock_guard lock(mutex_);
    counted.swap(counted_);
    std::swap(lost, lost_);
  }
  if (lost > 0) log_.warning("metrics.lost", {{"values", lost}});
  if (counted.empty()) return {};
  auto written = database_.write([&](sql::Transaction& tx) -> Outcome {
    for (const auto& [series, minutes] : counted) {
      if (const auto added = add_points(tx, series, minutes); !added) return added;
    }
    return {};
  });
  if (!written) put_back(std::move(counted));
  return written;
}

void Recorder::put_back(Counted counted) {
  const std::lock_guard lock(mutex_);
  for (auto& [series, minutes] : counted) {
    auto& points = counted_[series];
    for (const auto& [minute, figures] : minutes) points[minute].add(figures);
  }
}

}  // namespace everseal::cloudwatch
