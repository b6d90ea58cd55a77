-- What is kept of a bus. event_pattern: which of its events; all of them if there is none.
-- retention_days: 0 means for ever. event_count, size_octets: of what is kept.
CREATE TABLE events_archive (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  source_arn TEXT NOT NULL,
  description TEXT,
  event_pattern TEXT,
  retention_days INTEGER NOT NULL,
  event_count INTEGER NOT NULL,
  size_octets INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_archive_by_name ON events_archive (account, region, name);
CREATE INDEX events_archive_by_source ON events_archive (source_arn);

-- An event that an archive keeps, or kept before it was deleted. happened_at: the event's own time.
-- resource: the first of its resources, or empty.
CREATE TABLE events_archived_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  archive INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  kept_at INTEGER NOT NULL,
  id TEXT NOT NULL,
  resource TEXT NOT NULL,
  body TEXT NOT NULL,
  octets INTEGER NOT NULL  -- of the body
) STRICT;
CREATE INDEX events_archived_event_by_time ON events_archived_event (archive, happened_at, seq);
CREATE INDEX events_archived_event_by_age ON events_archived_event (archive, kept_at);

-- filter_arns: a JSON list; empty: all rules of the bus. last_event_time, last_event: the place that
-- it has reached; up_to: no event that was kept later is replayed.
CREATE TABLE events_replay (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  state TEXT NOT NULL,  -- as the API spells it
  state_reason TEXT,
  archive INTEGER NOT NULL,
  source_arn TEXT NOT NULL,
  destination_arn TEXT NOT NULL,
  filter_arns TEXT NOT NULL,
  event_start INTEGER NOT NULL,
  event_end INTEGER NOT NULL,
  last_event_time INTEGER,
  last_event INTEGER NOT NULL,
  up_to INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX events_replay_by_name ON events_replay (account, region, name);

-- Events that a replay has put on their bus, as far as it knows that they wait there.
CREATE TABLE events_replayed_event (
  replay INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (replay, event)
) STRICT, WITHOUT ROWID;
