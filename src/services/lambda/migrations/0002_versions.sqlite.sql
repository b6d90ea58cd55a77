-- What a function was when it was published: it does not change any more.
CREATE TABLE lambda_version (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  number INTEGER NOT NULL,
  role TEXT NOT NULL,
  runtime TEXT NOT NULL,
  handler TEXT NOT NULL,
  description TEXT NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  memory_megabytes INTEGER NOT NULL,
  temporary_megabytes INTEGER NOT NULL,
  sealed_environment BLOB NOT NULL,
  code_sha256 TEXT NOT NULL,
  code_size INTEGER NOT NULL,
  revision_id TEXT NOT NULL,
  modified_at INTEGER NOT NULL,
  PRIMARY KEY (function_arn, number)
) STRICT;

-- Once for all versions of a function that have it.
CREATE TABLE lambda_version_code (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  code_sha256 TEXT NOT NULL,
  zip BLOB NOT NULL,
  PRIMARY KEY (function_arn, code_sha256)
) STRICT;

CREATE TABLE lambda_alias (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  description TEXT NOT NULL,
  revision_id TEXT NOT NULL,
  -- The version that some of the invocations go to, and how many of a million.
  other_version TEXT,
  other_millionths INTEGER,
  PRIMARY KEY (function_arn, name)
) STRICT;

-- Who may invoke a version or an alias; of the function itself it is in lambda_function.
CREATE TABLE lambda_policy (
  function_arn TEXT NOT NULL REFERENCES lambda_function (arn),
  qualifier TEXT NOT NULL,
  policy TEXT NOT NULL,
  PRIMARY KEY (function_arn, qualifier)
) STRICT;

ALTER TABLE lambda_function ADD COLUMN last_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lambda_event ADD COLUMN qualifier TEXT NOT NULL DEFAULT '';
