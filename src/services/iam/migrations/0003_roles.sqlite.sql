-- longest_session in seconds; folded_name as for users.
CREATE TABLE iam_role (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  path TEXT NOT NULL,
  trust_policy TEXT NOT NULL,
  description TEXT,
  longest_session INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX iam_role_by_name ON iam_role (account, folded_name);

CREATE TABLE iam_role_policy (
  role_id TEXT NOT NULL REFERENCES iam_role (id),
  name TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (role_id, name)
) STRICT;

CREATE TABLE iam_role_attachment (
  role_id TEXT NOT NULL REFERENCES iam_role (id),
  policy_arn TEXT NOT NULL REFERENCES iam_policy (arn),
  PRIMARY KEY (role_id, policy_arn)
) STRICT;
CREATE INDEX iam_role_attachment_by_policy ON iam_role_attachment (policy_arn);

-- The numbers of versions are never used again.
ALTER TABLE iam_policy ADD COLUMN latest_version INTEGER NOT NULL DEFAULT 1;

-- What roles of functions attach.
INSERT INTO iam_policy (arn, id, account, name, folded_name, path, description, default_version, created_at, updated_at) VALUES
  ('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'ANPAJNCQGXC42545SKXIK', 'aws', 'AWSLambdaBasicExecutionRole', 'awslambdabasicexecutionrole',
   '/service-role/', 'Provides write permissions to CloudWatch Logs.', 1, 1428591843000, 1428591843000),
  ('arn:aws:iam::aws:policy/service-role/AWSLambdaRole', 'ANPAJX4DPCRGTC4NFDUXI', 'aws', 'AWSLambdaRole', 'awslambdarole',
   '/service-role/', 'Default policy for AWS Lambda service role.', 1, 1423247988000, 1423247988000),
  ('arn:aws:iam::aws:policy/CloudWatchLogsFullAccess', 'ANPAJ3ZGNWK2R5HW5BQFO', 'aws', 'CloudWatchLogsFullAccess', 'cloudwatchlogsfullaccess',
   '/', 'Provides full access to CloudWatch Logs', 1, 1423247988000, 1423247988000),
  ('arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess', 'ANPAJ2YIYDYSNNEHK3VKW', 'aws', 'CloudWatchLogsReadOnlyAccess', 'cloudwatchlogsreadonlyaccess',
   '/', 'Provides read only access to CloudWatch Logs', 1, 1423247988000, 1423247988000);

INSERT INTO iam_policy_version (policy_arn, version, created_at, document) VALUES
  ('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 1, 1428591843000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/service-role/AWSLambdaRole', 1, 1423247988000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:InvokeFunction"],"Resource":["*"]}]}'),
  ('arn:aws:iam::aws:policy/CloudWatchLogsFullAccess', 1, 1423247988000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:*"],"Resource":"*"}]}'),
  ('arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess', 1, 1423247988000,
   '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:Describe*","logs:Get*","logs:List*","logs:StartQuery","logs:StopQuery","logs:TestMetricFilter","logs:FilterLogEvents"],"Resource":"*"}]}');
