-- networking: JSON of what was said of subnets and security groups.
CREATE TABLE elbv2_load_balancer (
  arn TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  dns_name TEXT NOT NULL,
  scheme TEXT NOT NULL,
  ip_address_type TEXT NOT NULL,
  networking TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX elbv2_load_balancer_by_name ON elbv2_load_balancer (account, region, name);

-- settings: JSON of what was said when it was made and modified, defaults filled in.
CREATE TABLE elbv2_target_group (
  arn TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  settings TEXT NOT NULL
);
CREATE UNIQUE INDEX elbv2_target_group_by_name ON elbv2_target_group (account, region, name);

-- deregistered_at: since then it takes no new requests; the row goes when the group's delay is over.
CREATE TABLE elbv2_target (
  target_group_arn TEXT NOT NULL REFERENCES elbv2_target_group (arn),
  id TEXT NOT NULL,
  port BIGINT NOT NULL,
  zone TEXT,
  registered_at BIGINT NOT NULL,
  deregistered_at BIGINT,
  PRIMARY KEY (target_group_arn, id, port)
);

-- mutual_authentication: JSON; trust_store_arn beside it, to be found by.
CREATE TABLE elbv2_listener (
  arn TEXT NOT NULL PRIMARY KEY,
  load_balancer_arn TEXT NOT NULL REFERENCES elbv2_load_balancer (arn),
  port BIGINT NOT NULL,
  protocol TEXT NOT NULL,
  ssl_policy TEXT,
  certificate_arn TEXT,
  mutual_authentication TEXT NOT NULL,
  trust_store_arn TEXT
);
CREATE UNIQUE INDEX elbv2_listener_by_port ON elbv2_listener (load_balancer_arn, port);
CREATE INDEX elbv2_listener_by_trust_store ON elbv2_listener (trust_store_arn, load_balancer_arn)
  WHERE trust_store_arn IS NOT NULL;

-- Beside the default one, for clients that name a server.
CREATE TABLE elbv2_listener_certificate (
  listener_arn TEXT NOT NULL REFERENCES elbv2_listener (arn),
  certificate_arn TEXT NOT NULL,
  PRIMARY KEY (listener_arn, certificate_arn)
);

-- conditions, actions: JSON. A listener's own actions are its rule of priority 50001, the last one.
CREATE TABLE elbv2_rule (
  arn TEXT NOT NULL PRIMARY KEY,
  listener_arn TEXT NOT NULL REFERENCES elbv2_listener (arn),
  priority BIGINT NOT NULL,
  conditions TEXT NOT NULL,
  actions TEXT NOT NULL
);
CREATE UNIQUE INDEX elbv2_rule_by_priority ON elbv2_rule (listener_arn, priority);

-- Which rule's actions name which target group.
CREATE TABLE elbv2_forward (
  rule_arn TEXT NOT NULL REFERENCES elbv2_rule (arn),
  target_group_arn TEXT NOT NULL REFERENCES elbv2_target_group (arn),
  PRIMARY KEY (rule_arn, target_group_arn)
);
CREATE INDEX elbv2_forward_by_target_group ON elbv2_forward (target_group_arn);

CREATE TABLE elbv2_attribute (
  resource_arn TEXT NOT NULL,
  attribute_key TEXT NOT NULL,
  attribute_value TEXT NOT NULL,
  PRIMARY KEY (resource_arn, attribute_key)
);

CREATE TABLE elbv2_tag (
  resource_arn TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (resource_arn, tag_key)
);
