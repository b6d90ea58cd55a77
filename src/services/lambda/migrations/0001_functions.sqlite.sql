CREATE TABLE lambda_function (
  arn TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  runtime TEXT NOT NULL,
  handler TEXT NOT NULL,
  description TEXT NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  memory_megabytes INTEGER NOT NULL,
  temporary_megabytes INTEGER NOT NULL,
  -- JSON, sealed: people keep secrets in variables.
  sealed_environment BLOB NOT NULL,
  code_sha256 TEXT NOT NULL,
  code_size INTEGER NOT NULL,
  revision_id TEXT NOT NULL,
  modified_at INTEGER NOT NULL,
  -- How many run at once; none: as many as may.
  reserved INTEGER,
  -- Of events that wait: attempts after the first, and how old they may become.
  retries INTEGER,
  event_age_seconds INTEGER,
  events_configured_at INTEGER,
  -- Who may invoke it, as AddPermission wrote it.
  policy TEXT
) STRICT;
CREATE INDEX lambda_function_by_name ON lambda_function (account, region, name);

-- The zip file as it came.
CREATE TABLE lambda_code (
  function_arn TEXT NOT NULL PRIMARY KEY REFERENCES lambda_function (arn),
  zip BLOB NOT NULL
) STRICT;

CREATE TABLE lambda_tag (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (function_arn, name)
) STRICT;

-- Asynchronous invocations that were accepted and have not ended.
CREATE TABLE lambda_event (
  id INTEGER PRIMARY KEY,
  function_arn TEXT NOT NULL,
  request_id TEXT NOT NULL,
  payload BLOB NOT NULL,
  client_context TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  function_errors INTEGER NOT NULL
) STRICT;
CREATE INDEX lambda_event_by_function ON lambda_event (function_arn);
