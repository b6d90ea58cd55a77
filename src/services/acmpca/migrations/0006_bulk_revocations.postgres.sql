-- The revocation of all that a CA issued: the last one of each CA, and how far it is.
CREATE TABLE acmpca_bulk_revocation (
  ca BIGINT PRIMARY KEY REFERENCES acmpca_certificate_authority (id),
  reason TEXT NOT NULL,         -- as the API names it
  requested_by TEXT NOT NULL,   -- ARN of the caller
  started_at BIGINT NOT NULL,
  ended_at BIGINT,             -- NULL: it goes on
  certificates BIGINT NOT NULL, -- of the CA when it began
  newest BIGINT NOT NULL,      -- id of the last certificate before it began
  last_serial BYTEA NOT NULL,   -- it looked at all up to this one; empty: at none
  revoked BIGINT NOT NULL,
  revoked_before BIGINT NOT NULL,
  skipped BIGINT NOT NULL
);
