-- What is gone is shown to nobody; its rows go when its events have been erased.
CREATE TABLE logs_group (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  class TEXT NOT NULL,
  retention_days BIGINT,
  stored_octets BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  gone BIGINT NOT NULL
);
CREATE UNIQUE INDEX logs_group_by_name ON logs_group (account, region, name) WHERE gone = 0;

CREATE TABLE logs_tag (
  group_id BIGINT NOT NULL REFERENCES logs_group (id),
  tag_key TEXT NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (group_id, tag_key)
);

-- last_event is 0 while there is none.
CREATE TABLE logs_stream (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES logs_group (id),
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  first_event BIGINT,
  last_event BIGINT NOT NULL,
  last_ingestion BIGINT,
  gone BIGINT NOT NULL
);
CREATE UNIQUE INDEX logs_stream_by_name ON logs_stream (group_id, name) WHERE gone = 0;
CREATE INDEX logs_stream_by_event ON logs_stream (group_id, last_event, name);

-- Events of one stream that came together, in order of time, none an hour after the first.
CREATE TABLE logs_chunk (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES logs_group (id),
  stream_id BIGINT NOT NULL REFERENCES logs_stream (id),
  first_event BIGINT NOT NULL,
  last_event BIGINT NOT NULL,
  ingested_at BIGINT NOT NULL,
  octets BIGINT NOT NULL,
  events BYTEA NOT NULL
);
CREATE INDEX logs_chunk_of_group ON logs_chunk (group_id, first_event, id, last_event, stream_id);
CREATE INDEX logs_chunk_of_stream ON logs_chunk (stream_id, first_event, id, last_event);
CREATE INDEX logs_chunk_of_stream_by_end ON logs_chunk (stream_id, last_event, id, first_event);
CREATE INDEX logs_chunk_of_group_by_end ON logs_chunk (group_id, last_event);
CREATE INDEX logs_group_gone ON logs_group (id) WHERE gone = 1;
CREATE INDEX logs_stream_gone ON logs_stream (id) WHERE gone = 1;
