-- The revocation of all that a CA issued: the last one of each CA, and how far it is.
CREATE TABLE acmpca_bulk_revocation (
  ca INTEGER PRIMARY KEY REFERENCES acmpca_certificate_authority (id),
  reason TEXT NOT NULL,         -- as the API names it
  requested_by TEXT NOT NULL,   -- ARN of the caller
  started_at INTEGER NOT NULL,
  ended_at INTEGER,             -- NULL: it goes on
  certificates INTEGER NOT NULL, -- of the CA when it began
  newest INTEGER NOT NULL,      -- id of the last certificate before it began
  last_serial BLOB NOT NULL,   -- it looked at all up to this one; empty: at none
  revoked INTEGER NOT NULL,
  revoked_before INTEGER NOT NULL,
  skipped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
