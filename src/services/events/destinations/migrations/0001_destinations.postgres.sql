-- How requests to other systems are authorized. sealed: the secrets and what goes with them, as
-- JSON under the master key; NULL once they were taken away. revision: one more with each change.
CREATE TABLE events_connection (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  arn TEXT COLLATE "C" NOT NULL,
  description TEXT,
  authorization_type TEXT NOT NULL,  -- as the API spells it
  state TEXT NOT NULL,               -- as the API spells it
  state_reason TEXT,
  sealed BYTEA,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL,
  authorized_at BIGINT
);
CREATE UNIQUE INDEX events_connection_by_name ON events_connection (account, region, name);
CREATE UNIQUE INDEX events_connection_by_arn ON events_connection (arn);

-- Systems that take events. The connection may be gone.
CREATE TABLE events_api_destination (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  arn TEXT COLLATE "C" NOT NULL,
  description TEXT,
  connection_arn TEXT COLLATE "C" NOT NULL,
  endpoint TEXT NOT NULL,
  method TEXT NOT NULL,
  rate BIGINT NOT NULL,  -- requests a second, at most
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_api_destination_by_name
  ON events_api_destination (account, region, name);
CREATE UNIQUE INDEX events_api_destination_by_arn ON events_api_destination (arn);
