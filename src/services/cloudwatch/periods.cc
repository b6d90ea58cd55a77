#include "services/cloudwatch/periods.h"

#include "services/cloudwatch/errors.h"

namespace everseal::cloudwatch {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kLongestPeriod = 86'400 * 366;

TimePoint floored(TimePoint time, std::chrono::seconds length) {
  const auto over = time.time_since_epoch() % std::chrono::milliseconds(length);
  return over.count() < 0 ? time - over - length : time - over;
}

}  // namespace

double value_of(const Statistics& statistics, Statistic statistic) {
  switch (statistic) {
    case Statistic::SampleCount:
      return statistics.samples;
    case Statistic::Average:
      return statistics.average();
    case Statistic::Sum:
      return statistics.sum;
    case Statistic::Minimum:
      return statistics.least;
    case Statistic::Maximum:
      return statistics.most;
  }
  return 0;
}

Result<Periods, ApiError> Periods::of(TimePoint start, TimePoint end, std::int64_t seconds) {
  if (start >= end)
    return invalid_value("The parameter StartTime must be less than the parameter EndTime.");
  if (seconds < kMinute || seconds % kMinute != 0 || seconds > kLongestPeriod)
    return invalid_value("The parameter Period must be a multiple of 60.");
  const std::chrono::seconds length{seconds};
  return Periods(floored(start, length), end, length);
}

TimePoint Periods::begin_of(TimePoint time) const { return floored(time, length_); }

std::int64_t Periods::count() const {
  const std::chrono::milliseconds length{length_};
  return (until_ - from_ + length - std::chrono::milliseconds{1}) / length;
}

Points Periods::cut(const Points& minutes) const {
  Points cut;
  for (const auto& [begins_at, figures] : minutes) cut[begin_of(begins_at)].add(figures);
  std::erase_if(cut, [](const auto& point) { return point.second.samples == 0; });
  return cut;
}

}  // namespace everseal::cloudwatch
