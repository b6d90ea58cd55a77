-- A private CA. What the API repeats as it was told is JSON; what decides is a column.
CREATE TABLE acmpca_certificate_authority (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  arn TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('ROOT', 'SUBORDINATE')),
  usage_mode TEXT NOT NULL,
  security_standard TEXT NOT NULL,
  configuration TEXT NOT NULL,
  revocation TEXT NOT NULL,
  key_handle BYTEA,              -- what the key store opens; erased when the CA is gone for good
  csr BYTEA NOT NULL,            -- DER
  status TEXT NOT NULL,         -- as stored: never EXPIRED
  version BIGINT NOT NULL,     -- one more with each change that issuing must know of
  created_at BIGINT NOT NULL,
  state_changed_at BIGINT NOT NULL,
  certificate BYTEA,             -- DER, once installed; with it:
  chain BYTEA,                   -- DER certificates one after the other, root last; none of a root
  serial BYTEA,                  -- big-endian, without leading zeros
  not_before BIGINT,
  not_after BIGINT,
  status_before_deletion TEXT,
  restorable_until BIGINT,
  purged_at BIGINT             -- gone for good; the row stays for the certificates it issued
);

CREATE INDEX acmpca_certificate_authority_owner
  ON acmpca_certificate_authority (account, region, id);

-- One row a certificate, whole; written with its leaf of the issuance log.
CREATE TABLE acmpca_certificate (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BYTEA NOT NULL,         -- big-endian, without leading zeros
  der BYTEA NOT NULL,
  template TEXT NOT NULL,       -- "EndEntityCertificate/V1"
  requested_by TEXT NOT NULL,   -- ARN of the caller, or a service such as acm.amazonaws.com
  issued_at BIGINT NOT NULL,
  log_position BIGINT NOT NULL, -- of its leaf
  UNIQUE (ca, serial)
);

-- Every certificate that was ever installed in a CA; the one in use is a column of the CA.
CREATE TABLE acmpca_import (
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  version BIGINT NOT NULL,      -- of the CA, before the import
  der BYTEA NOT NULL,
  log_position BIGINT NOT NULL,
  PRIMARY KEY (ca, version)
);

CREATE TABLE acmpca_permission (
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  principal TEXT NOT NULL,
  source_account TEXT NOT NULL,
  actions TEXT NOT NULL,        -- in the order granted, separated by commas
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ca, principal, source_account)
);

CREATE TABLE acmpca_tag (
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  key TEXT NOT NULL,
  value TEXT,                   -- NULL: a key alone
  PRIMARY KEY (ca, key)
);

-- What was answered to a token. Each new token takes two that have ended with it.
CREATE TABLE acmpca_idempotency (
  scope TEXT NOT NULL,          -- "<account>/<region>" for a new CA, the CA's ARN for a certificate
  token TEXT NOT NULL,
  answer TEXT NOT NULL,         -- an ARN
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (scope, token)
);

CREATE INDEX acmpca_idempotency_expiry ON acmpca_idempotency (expires_at);
