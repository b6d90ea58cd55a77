-- dimensions: as JSON, by name. newest: of its points, and what ListMetrics goes by.
CREATE TABLE cloudwatch_series (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  namespace TEXT COLLATE "C" NOT NULL,
  metric TEXT COLLATE "C" NOT NULL,
  dimensions TEXT COLLATE "C" NOT NULL,
  unit TEXT COLLATE "C" NOT NULL,
  newest BIGINT NOT NULL
);
CREATE UNIQUE INDEX cloudwatch_series_by_name
  ON cloudwatch_series (account, region, namespace, metric, dimensions, unit);

-- What was measured in the period, of 60, 300 or 3600 seconds, that begins there: how many times,
-- and sum, least and most of it, as decimals.
CREATE TABLE cloudwatch_point (
  series BIGINT NOT NULL REFERENCES cloudwatch_series (id),
  begins_at BIGINT NOT NULL,
  seconds BIGINT NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (series, begins_at)
);
CREATE INDEX cloudwatch_point_by_age ON cloudwatch_point (seconds, begins_at, series);
