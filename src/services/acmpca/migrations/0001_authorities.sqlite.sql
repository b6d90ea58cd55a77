-- A private CA. What the API repeats as it was told is JSON; what decides is a column.
CREATE TABLE acmpca_certificate_authority (
  id INTEGER PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('ROOT', 'SUBORDINATE')),
  usage_mode TEXT NOT NULL,
  security_standard TEXT NOT NULL,
  configuration TEXT NOT NULL,
  revocation TEXT NOT NULL,
  key_handle BLOB,              -- what the key store opens; erased when the CA is gone for good
  csr BLOB NOT NULL,            -- DER
  status TEXT NOT NULL,         -- as stored: never EXPIRED
  version INTEGER NOT NULL,     -- one more with each change that issuing must know of
  created_at INTEGER NOT NULL,
  state_changed_at INTEGER NOT NULL,
  certificate BLOB,             -- DER, once installed; with it:
  chain BLOB,                   -- DER certificates one after the other, root last; none of a root
  serial BLOB,                  -- big-endian, without leading zeros
  not_before INTEGER,
  not_after INTEGER,
  status_before_deletion TEXT,
  restorable_until INTEGER,
  purged_at INTEGER             -- gone for good; the row stays for the certificates it issued
) STRICT;

CREATE INDEX acmpca_certificate_authority_owner
  ON acmpca_certificate_authority (account, region, id);

-- One row a certificate, whole; written with its leaf of the issuance log.
CREATE TABLE acmpca_certificate (
  id INTEGER PRIMARY KEY,
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BLOB NOT NULL,         -- big-endian, without leading zeros
  der BLOB NOT NULL,
  template TEXT NOT NULL,       -- "EndEntityCertificate/V1"
  requested_by TEXT NOT NULL,   -- ARN of the caller, or a service such as acm.amazonaws.com
  issued_at INTEGER NOT NULL,
  log_position INTEGER NOT NULL, -- of its leaf
  UNIQUE (ca, serial)
) STRICT;

-- Every certificate that was ever installed in a CA; the one in use is a column of the CA.
CREATE TABLE acmpca_import (
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  version INTEGER NOT NULL,      -- of the CA, before the import
  der BLOB NOT NULL,
  log_position INTEGER NOT NULL,
  PRIMARY KEY (ca, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE acmpca_permission (
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  principal TEXT NOT NULL,
  source_account TEXT NOT NULL,
  actions TEXT NOT NULL,        -- in the order granted, separated by commas
  created_at INTEGER NOT NULL,
  PRIMARY KEY (ca, principal, source_account)
) STRICT, WITHOUT ROWID;

CREATE TABLE acmpca_tag (
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  key TEXT NOT NULL,
  value TEXT,                   -- NULL: a key alone
  PRIMARY KEY (ca, key)
) STRICT, WITHOUT ROWID;

-- What was answered to a token. Each new token takes two that have ended with it.
CREATE TABLE acmpca_idempotency (
  scope TEXT NOT NULL,          -- "<account>/<region>" for a new CA, the CA's ARN for a certificate
  token TEXT NOT NULL,
  answer TEXT NOT NULL,         -- an ARN
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (scope, token)
) STRICT, WITHOUT ROWID;

CREATE INDEX acmpca_idempotency_expiry ON acmpca_idempotency (expires_at);
