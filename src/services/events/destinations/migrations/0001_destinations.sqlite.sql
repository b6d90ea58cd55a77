-- How requests to other systems are authorized. sealed: the secrets and what goes with them, as
-- JSON under the master key; NULL once they were taken away. revision: one more with each change.
CREATE TABLE events_connection (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  arn TEXT NOT NULL,
  description TEXT,
  authorization_type TEXT NOT NULL,  -- as the API spells it
  state TEXT NOT NULL,               -- as the API spells it
  state_reason TEXT,
  sealed BLOB,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  authorized_at INTEGER
) STRICT;
CREATE UNIQUE INDEX events_connection_by_name ON events_connection (account, region, name);
CREATE UNIQUE INDEX events_connection_by_arn ON events_connection (arn);

-- Systems that take events. The connection may be gone.
CREATE TABLE events_api_destination (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  arn TEXT NOT NULL,
  description TEXT,
  connection_arn TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  method TEXT NOT NULL,
  rate INTEGER NOT NULL,  -- requests a second, at most
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_api_destination_by_name
  ON events_api_destination (account, region, name);
CREATE UNIQUE INDEX events_api_destination_by_arn ON events_api_destination (arn);
