-- Buses that were made, and the default one once it has had a rule. revision: another number after
-- every change of its rules and their targets.
CREATE TABLE events_bus (
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  description TEXT,
  revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (account, region, name)
);

CREATE TABLE events_rule (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  bus TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  event_pattern TEXT,
  schedule_expression TEXT,
  state TEXT NOT NULL,  -- as the API spells it
  description TEXT,
  role_arn TEXT
);
CREATE UNIQUE INDEX events_rule_by_name ON events_rule (account, region, bus, name);

-- settings: what the API calls a target, as JSON.
CREATE TABLE events_target (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rule BIGINT NOT NULL REFERENCES events_rule (id),
  name TEXT COLLATE "C" NOT NULL,
  arn TEXT COLLATE "C" NOT NULL,
  settings TEXT NOT NULL
);
CREATE UNIQUE INDEX events_target_by_name ON events_target (rule, name);
CREATE INDEX events_target_by_arn ON events_target (arn);

CREATE TABLE events_tag (
  arn TEXT COLLATE "C" NOT NULL,
  tag_key TEXT COLLATE "C" NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (arn, tag_key)
);

-- What happened and was not yet delivered to all who want it. resource: the first of its resources,
-- or empty. hops: how many buses it has passed.
CREATE TABLE events_event (
  seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id TEXT COLLATE "C" NOT NULL,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  bus TEXT COLLATE "C" NOT NULL,
  resource TEXT COLLATE "C" NOT NULL,
  body TEXT NOT NULL,
  hops BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  matched BIGINT NOT NULL
);
CREATE INDEX events_event_to_match ON events_event (account, region, bus, seq) WHERE matched = 0;

-- An event on its way to a target. lane: deliveries of one lane are made in their order.
CREATE TABLE events_delivery (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event BIGINT NOT NULL REFERENCES events_event (seq),
  target BIGINT NOT NULL REFERENCES events_target (id),
  lane TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL,
  not_before BIGINT NOT NULL
);
CREATE INDEX events_delivery_by_lane ON events_delivery (lane, id);
CREATE INDEX events_delivery_by_event ON events_delivery (event);
CREATE INDEX events_delivery_by_target ON events_delivery (target);
