-- What is true of a group is true of each of its users. folded_name as for users.
CREATE TABLE iam_group (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  path TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX iam_group_by_name ON iam_group (account, folded_name);

CREATE TABLE iam_group_member (
  group_id TEXT NOT NULL REFERENCES iam_group (id),
  user_id TEXT NOT NULL REFERENCES iam_user (id),
  PRIMARY KEY (group_id, user_id)
) STRICT;
CREATE INDEX iam_group_member_by_user ON iam_group_member (user_id);

CREATE TABLE iam_group_policy (
  group_id TEXT NOT NULL REFERENCES iam_group (id),
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (group_id, name)
) STRICT;

CREATE TABLE iam_group_attachment (
  group_id TEXT NOT NULL REFERENCES iam_group (id),
  policy_arn TEXT NOT NULL REFERENCES iam_policy (arn),
  PRIMARY KEY (group_id, policy_arn)
) STRICT;
CREATE INDEX iam_group_attachment_by_policy ON iam_group_attachment (policy_arn);
