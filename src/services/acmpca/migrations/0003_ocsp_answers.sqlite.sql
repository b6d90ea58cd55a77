-- The OCSP answer about a certificate that was signed beforehand. answer: issuance::ocsp::
-- CompactAnswer, for a question that names the CA by SHA-1.
CREATE TABLE acmpca_ocsp_answer (
  certificate INTEGER PRIMARY KEY REFERENCES acmpca_certificate (id),
  ca INTEGER NOT NULL REFERENCES acmpca_certificate_authority (id),
  renew_at INTEGER NOT NULL,
  answer BLOB NOT NULL
) STRICT;

CREATE INDEX acmpca_ocsp_answer_renewal ON acmpca_ocsp_answer (ca, renew_at);

-- Up to which certificate answers were signed for the first time.
CREATE TABLE acmpca_ocsp_progress (
  ca INTEGER PRIMARY KEY REFERENCES acmpca_certificate_authority (id),
  certificate INTEGER NOT NULL
) STRICT;
