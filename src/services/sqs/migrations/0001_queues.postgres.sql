-- attributes: what CreateQueue was given, as JSON.
CREATE TABLE sqs_queue (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  attributes TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sqs_queue_by_name ON sqs_queue (account, region, name);

-- attributes: of the message, as JSON. receipt: of the latest time it was received.
CREATE TABLE sqs_message (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue BIGINT NOT NULL REFERENCES sqs_queue (id),
  message_id TEXT COLLATE "C" NOT NULL,
  body TEXT NOT NULL,
  attributes TEXT NOT NULL,
  sender TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  visible_at BIGINT NOT NULL,
  received BIGINT NOT NULL,  -- how often
  first_received_at BIGINT,
  receipt TEXT
);
CREATE INDEX sqs_message_by_time ON sqs_message (queue, visible_at, id);
CREATE UNIQUE INDEX sqs_message_by_receipt ON sqs_message (receipt) WHERE receipt IS NOT NULL;
