-- What is gone is shown to nobody; its rows go when its events have been erased.
CREATE TABLE logs_group (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  class TEXT NOT NULL,
  retention_days INTEGER,
  stored_octets INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  gone INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX logs_group_by_name ON logs_group (account, region, name) WHERE gone = 0;

CREATE TABLE logs_tag (
  group_id INTEGER NOT NULL REFERENCES logs_group (id),
  tag_key TEXT NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (group_id, tag_key)
) STRICT;

-- last_event is 0 while there is none.
CREATE TABLE logs_stream (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES logs_group (id),
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  first_event INTEGER,
  last_event INTEGER NOT NULL,
  last_ingestion INTEGER,
  gone INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX logs_stream_by_name ON logs_stream (group_id, name) WHERE gone = 0;
CREATE INDEX logs_stream_by_event ON logs_stream (group_id, last_event, name);

-- Events of one stream that came together, in order of time, none an hour after the first.
CREATE TABLE logs_chunk (
  id INTEGER PRIMARY KEY,
  group_id INTEGER NOT NULL REFERENCES logs_group (id),
  stream_id INTEGER NOT NULL REFERENCES logs_stream (id),
  first_event INTEGER NOT NULL,
  last_event INTEGER NOT NULL,
  ingested_at INTEGER NOT NULL,
  octets INTEGER NOT NULL,
  events BLOB NOT NULL
) STRICT;
CREATE INDEX logs_chunk_of_group ON logs_chunk (group_id, first_event, id, last_event, stream_id);
CREATE INDEX logs_chunk_of_stream ON logs_chunk (stream_id, first_event, id, last_event);
CREATE INDEX logs_chunk_of_stream_by_end ON logs_chunk (stream_id, last_event, id, first_event);
CREATE INDEX logs_chunk_of_group_by_end ON logs_chunk (group_id, last_event);
CREATE INDEX logs_group_gone ON logs_group (id) WHERE gone = 1;
CREATE INDEX logs_stream_gone ON logs_stream (id) WHERE gone = 1;
