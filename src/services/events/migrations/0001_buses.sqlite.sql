-- Buses that were made, and the default one once it has had a rule. revision: another number after
-- every change of its rules and their targets.
CREATE TABLE events_bus (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account, region, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE events_rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  bus TEXT NOT NULL,
  name TEXT NOT NULL,
  event_pattern TEXT,
  schedule_expression TEXT,
  state TEXT NOT NULL,  -- as the API spells it
  description TEXT,
  role_arn TEXT
) STRICT;
CREATE UNIQUE INDEX events_rule_by_name ON events_rule (account, region, bus, name);

-- settings: what the API calls a target, as JSON.
CREATE TABLE events_target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule INTEGER NOT NULL REFERENCES events_rule (id),
  name TEXT NOT NULL,
  arn TEXT NOT NULL,
  settings TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_target_by_name ON events_target (rule, name);
CREATE INDEX events_target_by_arn ON events_target (arn);

CREATE TABLE events_tag (
  arn TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (arn, tag_key)
) STRICT, WITHOUT ROWID;

-- What happened and was not yet delivered to all who want it. resource: the first of its resources,
-- or empty. hops: how many buses it has passed.
CREATE TABLE events_event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  bus TEXT NOT NULL,
  resource TEXT NOT NULL,
  body TEXT NOT NULL,
  hops INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  matched INTEGER NOT NULL
) STRICT;
CREATE INDEX events_event_to_match ON events_event (account, region, bus, seq) WHERE matched = 0;

-- An event on its way to a target. lane: deliveries of one lane are made in their order.
CREATE TABLE events_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES events_event (seq),
  target INTEGER NOT NULL REFERENCES events_target (id),
  lane TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  not_before INTEGER NOT NULL
) STRICT;
CREATE INDEX events_delivery_by_lane ON events_delivery (lane, id);
CREATE INDEX events_delivery_by_event ON events_delivery (event);
CREATE INDEX events_delivery_by_target ON events_delivery (target);
