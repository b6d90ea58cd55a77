-- The most that the policies of a user or role may give it: holder_id is the id of either, account its
-- own. None where there is no row.
CREATE TABLE iam_boundary (
  holder_id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  policy_arn TEXT NOT NULL REFERENCES iam_policy (arn)
);
CREATE INDEX iam_boundary_by_policy ON iam_boundary (policy_arn, account);
