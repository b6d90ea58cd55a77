CREATE TABLE lambda_function (
  arn TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  runtime TEXT NOT NULL,
  handler TEXT NOT NULL,
  description TEXT NOT NULL,
  timeout_seconds BIGINT NOT NULL,
  memory_megabytes BIGINT NOT NULL,
  temporary_megabytes BIGINT NOT NULL,
  -- JSON, sealed: people keep secrets in variables.
  sealed_environment BYTEA NOT NULL,
  code_sha256 TEXT NOT NULL,
  code_size BIGINT NOT NULL,
  revision_id TEXT NOT NULL,
  modified_at BIGINT NOT NULL,
  -- How many run at once; none: as many as may.
  reserved BIGINT,
  -- Of events that wait: attempts after the first, and how old they may become.
  retries BIGINT,
  event_age_seconds BIGINT,
  events_configured_at BIGINT,
  -- Who may invoke it, as AddPermission wrote it.
  policy TEXT
);
CREATE INDEX lambda_function_by_name ON lambda_function (account, region, name);

-- The zip file as it came.
CREATE TABLE lambda_code (
  function_arn TEXT NOT NULL PRIMARY KEY REFERENCES lambda_function (arn),
  zip BYTEA NOT NULL
);

CREATE TABLE lambda_tag (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (function_arn, name)
);

-- Asynchronous invocations that were accepted and have not ended.
CREATE TABLE lambda_event (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  function_arn TEXT NOT NULL,
  request_id TEXT NOT NULL,
  payload BYTEA NOT NULL,
  client_context TEXT NOT NULL,
  accepted_at BIGINT NOT NULL,
  function_errors BIGINT NOT NULL
);
CREATE INDEX lambda_event_by_function ON lambda_event (function_arn);
