#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "services/cloudwatch/series.h"
#include "services/cloudwatch/statistics.h"
#include "sql/database.h"

// The rows of metrics: a row for each series and minute in which something was measured, after a
// while for each five minutes, and then each hour.
namespace everseal::cloudwatch {

// By when its period begins.
using Points = std::map<TimePoint, Statistics>;

// Adds what was measured in these minutes to what is there.
Outcome add_points(sql::Transaction& tx, const Series& series, const Points& minutes);

struct NamedMetric {
  std::string account, region, name_space, metric;
};
// The points that begin in [from, until), by unit.
Result<std::map<std::string, Points>> read_points(sql::Snapshot& view, const NamedMetric& metric,
                                                  const std::vector<Dimension>& dimensions,
                                                  TimePoint from, TimePoint until);

struct KnownSeries {
  std::int64_t id = 0;
  Series series;
};
// Of an account and region, by id after that one, with points since then; a namespace or metric
// that is not given is any.
struct SeriesFilter {
  std::string account, region;
  std::string name_space{}, metric{};
  TimePoint newest_since{};
};
Result<std::vector<KnownSeries>> list_series(sql::Snapshot& view, const SeriesFilter& filter,
                                             std::int64_t after, std::int64_t limit);

// Points of such periods that begin before then are merged into longer ones, or deleted if those
// have no length; as many as `limit`. How many there were.
struct Aging {
  std::chrono::seconds period;
  TimePoint before;
  std::chrono::seconds into;
};
Result<std::int64_t> age_points(sql::Transaction& tx, const Aging& aging, std::int64_t limit);

// Series that have no points any more, and none since then.
Outcome remove_empty_series(sql::Transaction& tx, TimePoint newest_before);

}  // namespace everseal::cloudwatch
