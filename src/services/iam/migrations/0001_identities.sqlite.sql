CREATE TABLE iam_account (
  account TEXT NOT NULL PRIMARY KEY,
  created_at INTEGER NOT NULL
) STRICT;

-- folded_name is the name in lower case: names differ in more than case.
CREATE TABLE iam_user (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  path TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX iam_user_by_name ON iam_user (account, folded_name);

-- user_id is the account number where the root user holds the key.
CREATE TABLE iam_access_key (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  user_id TEXT NOT NULL,
  active INTEGER NOT NULL,
  sealed_secret BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX iam_access_key_by_user ON iam_access_key (user_id, id);

CREATE TABLE iam_user_policy (
  user_id TEXT NOT NULL REFERENCES iam_user (id),
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (user_id, name)
) STRICT;

CREATE TABLE iam_policy (
  arn TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  path TEXT NOT NULL,
  description TEXT,
  default_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX iam_policy_by_name ON iam_policy (account, folded_name);

CREATE TABLE iam_policy_version (
  policy_arn TEXT NOT NULL REFERENCES iam_policy (arn),
  version INTEGER NOT NULL,
  document TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (policy_arn, version)
) STRICT;

CREATE TABLE iam_user_attachment (
  user_id TEXT NOT NULL REFERENCES iam_user (id),
  policy_arn TEXT NOT NULL REFERENCES iam_policy (arn),
  PRIMARY KEY (user_id, policy_arn)
) STRICT;
CREATE INDEX iam_user_attachment_by_policy ON iam_user_attachment (policy_arn);

-- owner_id is the id of a user or managed policy; folded_name as above.
CREATE TABLE iam_tag (
  owner_id TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (owner_id, folded_name)
) STRICT;
