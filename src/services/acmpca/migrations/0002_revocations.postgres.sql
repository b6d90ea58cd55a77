-- A list of revoked certificates that a CA signs: the complete one, or a partition.
CREATE TABLE acmpca_crl (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  partition TEXT NOT NULL,      -- a UUID; '' is the complete list
  certificates BIGINT NOT NULL, -- that name this partition
  number BIGINT NOT NULL,      -- of the last one published; 0: none yet
  produced_at BIGINT,          -- of that one, and so the rest
  next_update BIGINT,
  bucket TEXT,
  object_key TEXT,
  digest BYTEA,                  -- SHA-256 of the whole
  log_position BIGINT,
  UNIQUE (ca, partition)
);

-- reason: CRLReason of RFC 5280. not_after: of the certificate.
CREATE TABLE acmpca_revocation (
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BYTEA NOT NULL,         -- as in acmpca_certificate
  crl BIGINT NOT NULL REFERENCES acmpca_crl (id),
  revoked_at BIGINT NOT NULL,
  reason BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  PRIMARY KEY (ca, serial)
);

-- The entries of a list as they stand in it, so that it is published by copying: a run of them a
-- row. ends: of each entry 8 octets, big-endian, when its certificate ends.
CREATE TABLE acmpca_crl_run (
  crl BIGINT NOT NULL REFERENCES acmpca_crl (id),
  run BIGINT NOT NULL,
  first_end BIGINT NOT NULL,   -- the least of `ends`
  ends BYTEA NOT NULL,
  entries BYTEA NOT NULL,
  PRIMARY KEY (crl, run)
);

CREATE INDEX acmpca_crl_run_end ON acmpca_crl_run (crl, first_end);

-- The certificates by which a CA lets another key answer OCSP for it. Only the newest has its key.
CREATE TABLE acmpca_ocsp_responder (
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BYTEA NOT NULL,
  der BYTEA NOT NULL,
  key_handle BYTEA,              -- what the key store opens
  log_position BIGINT NOT NULL,
  PRIMARY KEY (ca, serial)
);
