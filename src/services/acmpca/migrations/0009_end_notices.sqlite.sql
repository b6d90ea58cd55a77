-- What was told of the end of a CA's certificate: the last notice of the one that is in use.
CREATE TABLE acmpca_end_notice (
  ca INTEGER PRIMARY KEY REFERENCES acmpca_certificate_authority (id),
  serial BLOB NOT NULL,        -- of the certificate, as its CA's column
  days INTEGER NOT NULL        -- before the end; 0: that it has ended
) STRICT, WITHOUT ROWID;
