-- A certificate without its octets: what Describe and List show. Lists within a column are separated
-- by line feeds. status is never EXPIRED: that follows from not_after.
CREATE TABLE acm_certificate (
  arn TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  domain_name TEXT NOT NULL,
  names TEXT NOT NULL,
  ip_addresses TEXT NOT NULL,
  key_algorithm TEXT NOT NULL,
  ca_arn TEXT,
  requested_by TEXT,
  transparency TEXT NOT NULL,
  export_option TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  issued_at BIGINT,
  imported_at BIGINT,
  revoked_at BIGINT,
  revocation_reason TEXT,
  failure_reason TEXT,
  serial TEXT,
  subject TEXT,
  issuer TEXT,
  signature_algorithm TEXT,
  not_before BIGINT,
  not_after BIGINT,
  key_usages TEXT,
  extended_key_usages TEXT,
  exported BIGINT NOT NULL,
  exported_since_issue BIGINT NOT NULL,
  renewal_status TEXT,
  renewal_reason TEXT,
  renewal_began_at BIGINT,
  renewal_updated_at BIGINT
);

CREATE INDEX acm_certificate_by_age ON acm_certificate (account, region, created_at, arn);

-- chain_key names a row of acm_chain: a digest for chains that many certificates share, the ARN for
-- the chain of an imported one.
CREATE TABLE acm_material (
  arn TEXT PRIMARY KEY,
  chain_key TEXT NOT NULL,
  certificate BYTEA NOT NULL,
  sealed_key BYTEA NOT NULL
);

CREATE TABLE acm_chain (
  chain_key TEXT PRIMARY KEY,
  pem TEXT NOT NULL
);

CREATE TABLE acm_use (
  arn TEXT NOT NULL,
  user_arn TEXT NOT NULL,
  PRIMARY KEY (arn, user_arn)
);

CREATE INDEX acm_use_by_user ON acm_use (user_arn, arn);

CREATE TABLE acm_tag (
  arn TEXT NOT NULL,
  tag_key TEXT NOT NULL,
  tag_value TEXT NOT NULL,
  PRIMARY KEY (arn, tag_key)
);

-- Which certificate a token of RequestCertificate asked for.
CREATE TABLE acm_idempotency (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  token TEXT NOT NULL,
  arn TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (account, region, token)
);

CREATE INDEX acm_idempotency_by_end ON acm_idempotency (expires_at);

-- What PutAccountConfiguration chose, and the token of the last choice.
CREATE TABLE acm_account (
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  days_before_expiry BIGINT NOT NULL,
  token TEXT NOT NULL,
  token_expires_at BIGINT NOT NULL,
  PRIMARY KEY (account, region)
);
