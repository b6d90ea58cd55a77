-- What clients are authenticated against. bundle: PEM as it was read; version: one more with each
-- change of bundle or revocations; last_revocation_id: never goes back.
CREATE TABLE elbv2_trust_store (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account TEXT COLLATE "C" NOT NULL,
  region TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  arn TEXT COLLATE "C" NOT NULL,
  bundle BYTEA NOT NULL,
  ca_certificates BIGINT NOT NULL,
  revocation_lists BIGINT NOT NULL,
  revoked_entries BIGINT NOT NULL,  -- the sum over the lists
  last_revocation_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX elbv2_trust_store_by_name ON elbv2_trust_store (account, region, name);
CREATE UNIQUE INDEX elbv2_trust_store_by_arn ON elbv2_trust_store (arn);

CREATE TABLE elbv2_trust_store_tag (
  trust_store BIGINT NOT NULL REFERENCES elbv2_trust_store (id) ON DELETE CASCADE,
  key TEXT COLLATE "C" NOT NULL,
  value TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (trust_store, key)
);

-- CRLs. issuer: the subject of the CA certificate that the signature was checked with, DER.
CREATE TABLE elbv2_revocation (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  trust_store BIGINT NOT NULL REFERENCES elbv2_trust_store (id) ON DELETE CASCADE,
  revocation_id BIGINT NOT NULL,
  issuer BYTEA NOT NULL,
  this_update BIGINT NOT NULL,
  next_update BIGINT,
  entries BIGINT NOT NULL,
  added_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX elbv2_revocation_by_id ON elbv2_revocation (trust_store, revocation_id);

-- Their DER, in pieces.
CREATE TABLE elbv2_revocation_content (
  revocation BIGINT NOT NULL REFERENCES elbv2_revocation (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  octets BYTEA NOT NULL,
  PRIMARY KEY (revocation, position)
);

-- The serial numbers of their entries, ascending, none twice, each behind an octet that says how
-- many octets it has; in pieces.
CREATE TABLE elbv2_revoked_serials (
  revocation BIGINT NOT NULL REFERENCES elbv2_revocation (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  serials BYTEA NOT NULL,
  PRIMARY KEY (revocation, position)
);
