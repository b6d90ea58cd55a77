-- What is kept of a bus. event_pattern: which of its events; all of them if there is none.
-- retention_days: 0 means for ever. event_count, size_octets: of what is kept.
CREATE TABLE events_archive (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  source_arn TEXT COLLATE "C" NOT NULL,
  description TEXT,
  event_pattern TEXT,
  retention_days BIGINT NOT NULL,
  event_count BIGINT NOT NULL,
  size_octets BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_archive_by_name ON events_archive (account, region, name);
CREATE INDEX events_archive_by_source ON events_archive (source_arn);

-- An event that an archive keeps, or kept before it was deleted. happened_at: the event's own time.
-- resource: the first of its resources, or empty.
CREATE TABLE events_archived_event (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  archive BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  kept_at BIGINT NOT NULL,
  id TEXT COLLATE "C" NOT NULL,
  resource TEXT NOT NULL,
  body TEXT NOT NULL,
  octets BIGINT NOT NULL  -- of the body
);
CREATE INDEX events_archived_event_by_time ON events_archived_event (archive, happened_at, seq);
CREATE INDEX events_archived_event_by_age ON events_archived_event (archive, kept_at);

-- filter_arns: a JSON list; empty: all rules of the bus. last_event_time, last_event: the place that
-- it has reached; up_to: no event that was kept later is replayed.
CREATE TABLE events_replay (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  description TEXT,
  state TEXT NOT NULL,  -- as the API spells it
  state_reason TEXT,
  archive BIGINT NOT NULL,
  source_arn TEXT COLLATE "C" NOT NULL,
  destination_arn TEXT COLLATE "C" NOT NULL,
  filter_arns TEXT NOT NULL,
  event_start BIGINT NOT NULL,
  event_end BIGINT NOT NULL,
  last_event_time BIGINT,
  last_event BIGINT NOT NULL,
  up_to BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX events_replay_by_name ON events_replay (account, region, name);

-- Events that a replay has put on their bus, as far as it knows that they wait there.
CREATE TABLE events_replayed_event (
  replay BIGINT NOT NULL,
  event BIGINT NOT NULL,
  PRIMARY KEY (replay, event)
);
