#include "services/cloudwatch/operations/get_metric_statistics.h"

#include <algorithm>

#include "services/cloudwatch/errors.h"

namespace everseal::cloudwatch {
namespace {

using Request = GetMetricStatistics::Request;
using Datapoint = GetMetricStatistics::Datapoint;

constexpr std::int64_t kMostPoints = 1440;

Result<Periods, ApiError> periods_of(const Request& request) {
  if (!request.extended_statistics.empty()) return unsupported("ExtendedStatistics");
  if (request.statistics.empty())
    return missing("Must specify either Statistics or ExtendedStatistics");
  auto periods = Periods::of(request.start_time, request.end_time, request.period);
  if (periods && periods->count() > kMostPoints)
    return invalid_combination(
        "You have requested up to " + std::to_string(periods->count()) +
        " datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by "
        "increasing Period, or decreasing the time range.");
  return periods;
}

Datapoint shown(TimePoint begins_at, const Statistics& figures, const std::string& unit,
                const Request& request) {
  const auto asked = [&](Statistic statistic) -> std::optional<double> {
    if (std::ranges::find(request.statistics, statistic) == request.statistics.end())
      return std::nullopt;
    return value_of(figures, statistic);
  };
  return {begins_at,
          asked(Statistic::SampleCount),
          asked(Statistic::Average),
          asked(Statistic::Sum),
          asked(Statistic::Minimum),
          asked(Statistic::Maximum),
          unit};
}

}  // namespace

aws::Access GetMetricStatistics::access(const Request&, const aws::Call&) const {
  return access_to("cloudwatch:GetMetricStatistics");
}

Result<GetMetricStatistics::Response, ApiError> GetMetricStatistics::operator()(
    const Request& request, const aws::Call& call) const {
  const auto periods = periods_of(request);
  if (!periods) return periods.error();
  const auto points =
      reader.points({call.caller.account, call.region, request.name_space, request.metric_name},
                    request.dimensions, periods->from(), periods->until());
  if (!points) return points.error();
  Response response{.label = request.metric_name, .datapoints = {}};
  for (const auto& [unit, minutes] : *points) {
    if (unit != request.unit.value_or(unit)) continue;
    for (const auto& [begins_at, figures] : periods->cut(minutes))
      response.datapoints.push_back(shown(begins_at, figures, unit, request));
  }
  std::ranges::sort(response.datapoints, {},
                    [](const Datapoint& point) { return std::tie(point.timestamp, point.unit); });
  return response;
}

}  // namespace everseal::cloudwatch
