#include "services/cloudwatch/operations/put_metric_data.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "services/cloudwatch/errors.h"
#include "services/cloudwatch/point_store.h"
#include "services/cloudwatch/reader.h"
#include "services/cloudwatch/statistics.h"

namespace everseal::cloudwatch {
namespace {

using Request = PutMetricData::Request;
using Datum = PutMetricData::Datum;

constexpr std::chrono::days kOldest{14};
constexpr std::chrono::hours kFurthestAhead{2};
constexpr std::size_t kMostOctets = 2048;  // of dimensions: they are part of an index
const double kGreatest = std::ldexp(1.0, 360);

bool is_number(double value) { return std::isfinite(value) && std::abs(value) <= kGreatest; }

Result<Statistics, ApiError> of_list(const Datum& datum) {
  if (!datum.counts.empty() && datum.counts.size() != datum.values.size())
    return invalid_combination("Values and Counts must have the same length.");
  Statistics all;
  for (std::size_t i = 0; i < datum.values.size(); ++i) {
    const auto times = datum.counts.empty() ? 1.0 : datum.counts[i];
    if (!is_number(datum.values[i]) || !is_number(times) || times <= 0)
      return invalid_value("The parameter Values or Counts of " + datum.metric_name +
                           " has a value that is not allowed.");
    all.add(Statistics::of(datum.values[i], times));
  }
  return all;
}

Result<Statistics, ApiError> of_set(const PutMetricData::StatisticSet& set,
                                    const std::string& metric) {
  const auto& [samples, sum, least, most] = set;
  const bool are_numbers =
      is_number(samples) && is_number(sum) && is_number(least) && is_number(most);
  if (!are_numbers || samples <= 0 || least > most)
    return invalid_value("The parameter StatisticValues of " + metric + " is not consistent.");
  return Statistics{samples, sum, least, most};
}

Result<Statistics, ApiError> measured(const Datum& datum) {
  const int kinds = int{datum.value.has_value()} + int{datum.statistic_values.has_value()} +
                    int{!datum.values.empty()};
  if (kinds != 1)
    return invalid_combination("The metric " + datum.metric_name +
                               " needs one of Value, Values and StatisticValues.");
  if (datum.statistic_values) return of_set(*datum.statistic_values, datum.metric_name);
  if (!datum.value) return of_list(datum);
  if (!is_number(*datum.value))
    return invalid_value("The value of " + datum.metric_name + " is not allowed.");
  return Statistics::of(*datum.value);
}

Result<TimePoint, ApiError> minute_of(const Datum& datum, TimePoint now) {
  const auto time = datum.timestamp.value_or(now);
  if (time < now - kOldest || time > now + kFurthestAhead)
    return invalid_value(
        "The parameter Timestamp must specify a time within the past two weeks "
        "and no more than two hours ahead.");
  return TimePoint(std::chrono::floor<std::chrono::minutes>(time));
}

Result<void, ApiError> check_dimensions(std::vector<Dimension> dimensions) {
  std::ranges::sort(dimensions);
  if (std::ranges::adjacent_find(dimensions, {}, &Dimension::name) != dimensions.end())
    return invalid_value("A dimension is there twice.");
  if (text_of(std::move(dimensions)).size() > kMostOctets)
    return invalid_value("The dimensions have more than 2048 octets together.");
  return {};
}

using Measured = std::map<Series, Points>;

Result<void, ApiError> add(Measured& all, const Request& request, const Datum& datum,
                           const aws::Call& call, TimePoint now) {
  const auto minute = minute_of(datum, now);
  if (!minute) return minute.error();
  const auto figures = measured(datum);
  if (!figures) return figures.error();
  if (const auto fine = check_dimensions(datum.dimensions); !fine) return fine;
  const Series series{call.caller.account, call.region,      request.name_space,
                      datum.metric_name,   datum.dimensions, datum.unit.value_or("None")};
  all[series][*minute].add(*figures);
  return {};
}

}  // namespace

aws::Access PutMetricData::access(const Request& request, const aws::Call&) const {
  auto access = access_to("cloudwatch:PutMetricData");
  access.context.push_back({"cloudwatch:namespace", {request.name_space}});
  return access;
}

Result<aws::Empty, ApiError> PutMetricData::operator()(const Request& request,
                                                       const aws::Call& call) const {
  if (request.name_space.starts_with("AWS/"))
    return invalid_value("The value AWS/ for parameter Namespace is invalid.");
  Measured all;
  for (const auto& datum : request.metric_data) {
    if (const auto added = add(all, request, datum, call, clock.now()); !added)
      return added.error();
  }
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    for (const auto& [series, minutes] : all) {
      if (const auto added = add_points(tx, series, minutes); !added) return added.error();
    }
    return aws::Empty{};
  });
}

}  // namespace everseal::cloudwatch
