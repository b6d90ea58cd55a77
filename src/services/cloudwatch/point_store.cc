#include "services/cloudwatch/point_store.h"

#include <utility>

#include "sql/without_count.h"

namespace everseal::cloudwatch {
namespace {

constexpr std::int64_t kMinute = 60;

Result<Statistics> figures_in(const std::string& text) {
  const auto figures = Statistics::parse(text);
  if (!figures) return Fault::broken("the figures of a metric cannot be read: " + text);
  return *figures;
}

Result<std::optional<std::int64_t>> find_series(sql::Snapshot& view, const Series& series,
                                                const std::string& dimensions) {
  const auto row = view.one(
      "SELECT id FROM cloudwatch_series WHERE account = $1 AND region = $2 AND namespace = $3 "
      "AND metric = $4 AND dimensions = $5 AND unit = $6",
      series.account, series.region, series.name_space, series.metric, dimensions, series.unit);
  if (!row) return row.error();
  if (!*row) return std::optional<std::int64_t>{};
  return std::optional((*row)->integer(0));
}

// Its id; it is made if it is not there.
Result<std::int64_t> known_series(sql::Transaction& tx, const Series& series, TimePoint newest) {
  const auto dimensions = text_of(series.dimensions);
  auto found = find_series(tx, series, dimensions);
  if (!found) return found.error();
  if (*found) {
    const auto touched = tx.run(
        "UPDATE cloudwatch_series SET newest = $2 WHERE id = $1 AND newest < $2", **found, newest);
    if (!touched) return touched.error();
    return **found;
  }
  const auto added = tx.run(
      "INSERT INTO cloudwatch_series (account, region, namespace, metric, dimensions, unit, "
      "newest) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      series.account, series.region, series.name_space, series.metric, dimensions, series.unit,
      newest);
  if (!added) return added.error();
  found = find_series(tx, series, dimensions);
  if (!found) return found.error();
  return **found;
}

// Adds to the period that begins there, whatever its length is by now.
Outcome add_point(sql::Transaction& tx, std::int64_t series, TimePoint begins_at,
                  std::int64_t seconds, Statistics figures) {
  const auto row =
      tx.one("SELECT figures FROM cloudwatch_point WHERE series = $1 AND begins_at = $2", series,
             begins_at);
  if (!row) return row.error();
  if (!*row)
    return sql::without_count(
        tx.run("INSERT INTO cloudwatch_point (series, begins_at, seconds, figures) "
               "VALUES ($1, $2, $3, $4)",
               series, begins_at, seconds, figures.text()));
  const auto there = figures_in((*row)->text(0));
  if (!there) return there.error();
  figures.add(*there);
  return sql::without_count(tx.run(
      "UPDATE cloudwatch_point SET figures = $3, seconds = $4 WHERE series = $1 AND begins_at = $2",
      series, begins_at, figures.text(), seconds));
}

TimePoint floored(TimePoint time, std::chrono::seconds period) {
  const auto since = time.time_since_epoch();
  return time - since % std::chrono::milliseconds(period);
}

Result<Series> read_series(const sql::Row& row) {
  auto dimensions = dimensions_in(row.text(5));
  if (!dimensions) return dimensions.error();
  return Series{row.text(1), row.text(2), row.text(3), row.text(4), *std::move(dimensions),
                row.text(6)};
}

Outcome age_point(sql::Transaction& tx, const sql::Row& row, std::chrono::seconds into) {
  const auto series = row.integer(0);
  const auto begins_at = row.time(1);
  const auto figures = figures_in(row.text(2));
  if (!figures) return figures.error();
  const auto gone = tx.run("DELETE FROM cloudwatch_point WHERE series = $1 AND begins_at = $2",
                           series, begins_at);
  if (!gone) return gone.error();
  if (into.count() == 0) return {};
  return add_point(tx, series, floored(begins_at, into), into.count(), *figures);
}

}  // namespace

Outcome add_points(sql::Transaction& tx, const Series& series, const Points& minutes) {
  if (minutes.empty()) return {};
  const auto id = known_series(tx, series, minutes.rbegin()->first);
  if (!id) return id.error();
  for (const auto& [begins_at, figures] : minutes) {
    if (const auto added = add_point(tx, *id, begins_at, kMinute, figures); !added) return added;
  }
  return {};
}

Result<std::map<std::string, Points>> read_points(sql::Snapshot& view, const NamedMetric& metric,
                                                  const std::vector<Dimension>& dimensions,
                                                  TimePoint from, TimePoint until) {
  const auto rows = view.all(
      "SELECT s.unit, p.begins_at, p.figures FROM cloudwatch_series s "
      "JOIN cloudwatch_point p ON p.series = s.id "
      "WHERE s.account = $1 AND s.region = $2 AND s.namespace = $3 AND s.metric = $4 "
      "AND s.dimensions = $5 AND p.begins_at >= $6 AND p.begins_at < $7",
      metric.account, metric.region, metric.name_space, metric.metric, text_of(dimensions), from,
      until);
  if (!rows) return rows.error();
  std::map<std::string, Points> points;
  for (const auto& row : *rows) {
    const auto figures = figures_in(row.text(2));
    if (!figures) return figures.error();
    points[row.text(0)].emplace(row.time(1), *figures);
  }
  return points;
}

Result<std::vector<KnownSeries>> list_series(sql::Snapshot& view, const SeriesFilter& filter,
                                             std::int64_t after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT id, account, region, namespace, metric, dimensions, unit FROM cloudwatch_series "
      "WHERE account = $1 AND region = $2 AND ($3 = '' OR namespace = $3) "
      "AND ($4 = '' OR metric = $4) AND newest >= $5 AND id > $6 ORDER BY id LIMIT $7",
      filter.account, filter.region, filter.name_space, filter.metric, filter.newest_since, after,
      limit);
  if (!rows) return rows.error();
  std::vector<KnownSeries> known;
  for (const auto& row : *rows) {
    auto series = read_series(row);
    if (!series) return series.error();
    known.push_back({row.integer(0), *std::move(series)});
  }
  return known;
}

Result<std::int64_t> age_points(sql::Transaction& tx, const Aging& aging, std::int64_t limit) {
  const auto rows = tx.all(
      "SELECT series, begins_at, figures FROM cloudwatch_point "
      "WHERE seconds = $1 AND begins_at < $2 ORDER BY begins_at, series LIMIT $3",
      aging.period.count(), aging.before, limit);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    if (const auto aged = age_point(tx, row, aging.into); !aged) return aged.error();
  }
  return static_cast<std::int64_t>(rows->size());
}

Outcome remove_empty_series(sql::Transaction& tx, TimePoint newest_before) {
  return sql::without_count(
      tx.run("DELETE FROM cloudwatch_series WHERE newest < $1 AND NOT EXISTS "
             "(SELECT 1 FROM cloudwatch_point p WHERE p.series = cloudwatch_series.id)",
             newest_before));
}

}  // namespace everseal::cloudwatch
