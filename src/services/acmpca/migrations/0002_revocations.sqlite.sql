-- A list of revoked certificates that a CA signs: the complete one, or a partition.
CREATE TABLE acmpca_crl (
  id INTEGER PRIMARY KEY,
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  partition TEXT NOT NULL,      -- a UUID; '' is the complete list
  certificates INTEGER NOT NULL, -- that name this partition
  number INTEGER NOT NULL,      -- of the last one published; 0: none yet
  produced_at INTEGER,          -- of that one, and so the rest
  next_update INTEGER,
  bucket TEXT,
  object_key TEXT,
  digest BLOB,                  -- SHA-256 of the whole
  log_position INTEGER,
  UNIQUE (ca, partition)
) STRICT;

-- reason: CRLReason of RFC 5280. not_after: of the certificate.
CREATE TABLE acmpca_revocation (
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BLOB NOT NULL,         -- as in acmpca_certificate
  crl INTEGER NOT NULL REFERENCES acmpca_crl (id),
  revoked_at INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  PRIMARY KEY (ca, serial)
) STRICT, WITHOUT ROWID;

-- The entries of a list as they stand in it, so that it is published by copying: a run of them a
-- row. ends: of each entry 8 octets, big-endian, when its certificate ends.
CREATE TABLE acmpca_crl_run (
  crl INTEGER NOT NULL REFERENCES acmpca_crl (id),
  run INTEGER NOT NULL,
  first_end INTEGER NOT NULL,   -- the least of `ends`
  ends BLOB NOT NULL,
  entries BLOB NOT NULL,
  PRIMARY KEY (crl, run)
) STRICT;

CREATE INDEX acmpca_crl_run_end ON acmpca_crl_run (crl, first_end);

-- The certificates by which a CA lets another key answer OCSP for it. Only the newest has its key.
CREATE TABLE acmpca_ocsp_responder (
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  serial BLOB NOT NULL,
  der BLOB NOT NULL,
  key_handle BLOB,              -- what the key store opens
  log_position INTEGER NOT NULL,
  PRIMARY KEY (ca, serial)
) STRICT, WITHOUT ROWID;
