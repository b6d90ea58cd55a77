-- What a function was when it was published: it does not change any more.
CREATE TABLE lambda_version (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  number BIGINT NOT NULL,
  role TEXT NOT NULL,
  runtime TEXT NOT NULL,
  handler TEXT NOT NULL,
  description TEXT NOT NULL,
  timeout_seconds BIGINT NOT NULL,
  memory_megabytes BIGINT NOT NULL,
  temporary_megabytes BIGINT NOT NULL,
  sealed_environment BYTEA NOT NULL,
  code_sha256 TEXT NOT NULL,
  code_size BIGINT NOT NULL,
  revision_id TEXT NOT NULL,
  modified_at BIGINT NOT NULL,
  PRIMARY KEY (function_arn, number)
);

-- Once for all versions of a function that have it.
CREATE TABLE lambda_version_code (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  code_sha256 TEXT NOT NULL,
  zip BYTEA NOT NULL,
  PRIMARY KEY (function_arn, code_sha256)
);

CREATE TABLE lambda_alias (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  description TEXT NOT NULL,
  revision_id TEXT NOT NULL,
  -- The version that some of the invocations go to, and how many of a million.
  other_version TEXT,
  other_millionths BIGINT,
  PRIMARY KEY (function_arn, name)
);

-- Who may invoke a version or an alias; of the function itself it is in lambda_function.
CREATE TABLE lambda_policy (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  qualifier TEXT NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (function_arn, qualifier)
);

ALTER TABLE lambda_function ADD COLUMN last_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE lambda_event ADD COLUMN qualifier TEXT NOT NULL DEFAULT '';
