-- The list of all that a CA issued, as somebody asked for it. It lies in their bucket.
CREATE TABLE acmpca_audit_report (
  id TEXT PRIMARY KEY,          -- a UUID
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  format TEXT NOT NULL CHECK (format IN ('JSON', 'CSV')),
  status TEXT NOT NULL CHECK (status IN ('CREATING', 'SUCCESS', 'FAILED')),
  bucket TEXT NOT NULL,
  object_key TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX acmpca_audit_report_ca ON acmpca_audit_report (ca, created_at);
