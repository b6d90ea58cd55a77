-- What AWS Health tells of: one row an event, each about one certificate. The texts are made when
-- they are read, from the columns of the second half.
CREATE TABLE health_event (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  type_code TEXT NOT NULL,
  status TEXT NOT NULL,          -- open, closed
  started_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,     -- 1, and one more with each update
  entity TEXT NOT NULL,          -- the ARN of the certificate
  entity_status TEXT NOT NULL,
  stage TEXT NOT NULL,           -- COMPLETED, NEEDS_ACTION, ENDS_SOON, ENDED
  domain_name TEXT NOT NULL,
  domains INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL
) STRICT;

CREATE INDEX health_event_by_update ON health_event (account, updated_at, id);
CREATE INDEX health_event_by_age ON health_event (updated_at);

-- At most one open event of a kind about a certificate.
CREATE UNIQUE INDEX health_event_open ON health_event (entity, type_code) WHERE status = 'open';
