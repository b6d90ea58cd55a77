-- attributes: what CreateQueue was given, as JSON.
CREATE TABLE sqs_queue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  attributes TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sqs_queue_by_name ON sqs_queue (account, region, name);

-- attributes: of the message, as JSON. receipt: of the latest time it was received.
CREATE TABLE sqs_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue INTEGER NOT NULL REFERENCES sqs_queue (id),
  message_id TEXT NOT NULL,
  body TEXT NOT NULL,
  attributes TEXT NOT NULL,
  sender TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL,
  received INTEGER NOT NULL,  -- how often
  first_received_at INTEGER,
  receipt TEXT
) STRICT;
CREATE INDEX sqs_message_by_time ON sqs_message (queue, visible_at, id);
CREATE UNIQUE INDEX sqs_message_by_receipt ON sqs_message (receipt) WHERE receipt IS NOT NULL;
