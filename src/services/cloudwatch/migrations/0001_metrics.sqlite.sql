-- dimensions: as JSON, by name. newest: of its points, and what ListMetrics goes by.
CREATE TABLE cloudwatch_series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  namespace TEXT NOT NULL,
  metric TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  unit TEXT NOT NULL,
  newest INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cloudwatch_series_by_name
  ON cloudwatch_series (account, region, namespace, metric, dimensions, unit);

-- What was measured in the period, of 60, 300 or 3600 seconds, that begins there: how many times,
-- and sum, least and most of it, as decimals.
CREATE TABLE cloudwatch_point (
  series INTEGER NOT NULL REFERENCES cloudwatch_series (id),
  begins_at INTEGER NOT NULL,
  seconds INTEGER NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (series, begins_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX cloudwatch_point_by_age ON cloudwatch_point (seconds, begins_at, series);
