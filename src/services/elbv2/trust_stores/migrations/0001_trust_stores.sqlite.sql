-- What clients are authenticated against. bundle: PEM as it was read; version: one more with each
-- change of bundle or revocations; last_revocation_id: never goes back.
CREATE TABLE elbv2_trust_store (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  arn TEXT NOT NULL,
  bundle BLOB NOT NULL,
  ca_certificates INTEGER NOT NULL,
  revocation_lists INTEGER NOT NULL,
  revoked_entries INTEGER NOT NULL,  -- the sum over the lists
  last_revocation_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX elbv2_trust_store_by_name ON elbv2_trust_store (account, region, name);
CREATE UNIQUE INDEX elbv2_trust_store_by_arn ON elbv2_trust_store (arn);

CREATE TABLE elbv2_trust_store_tag (
  trust_store INTEGER NOT NULL REFERENCES elbv2_trust_store (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (trust_store, key)
) STRICT;

-- CRLs. issuer: the subject of the CA certificate that the signature was checked with, DER.
CREATE TABLE elbv2_revocation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  trust_store INTEGER NOT NULL REFERENCES elbv2_trust_store (id) ON DELETE CASCADE,
  revocation_id INTEGER NOT NULL,
  issuer BLOB NOT NULL,
  this_update INTEGER NOT NULL,
  next_update INTEGER,
  entries INTEGER NOT NULL,
  added_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX elbv2_revocation_by_id ON elbv2_revocation (trust_store, revocation_id);

-- Their DER, in pieces.
CREATE TABLE elbv2_revocation_content (
  revocation INTEGER NOT NULL REFERENCES elbv2_revocation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  octets BLOB NOT NULL,
  PRIMARY KEY (revocation, position)
) STRICT;

-- The serial numbers of their entries, ascending, none twice, each behind an octet that says how
-- many octets it has; in pieces.
CREATE TABLE elbv2_revoked_serials (
  revocation INTEGER NOT NULL REFERENCES elbv2_revocation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  serials BLOB NOT NULL,
  PRIMARY KEY (revocation, position)
) STRICT;
