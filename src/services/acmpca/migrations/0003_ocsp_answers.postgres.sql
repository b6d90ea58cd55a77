-- The OCSP answer about a certificate that was signed beforehand. answer: issuance::ocsp::
-- CompactAnswer, for a question that names the CA by SHA-1.
CREATE TABLE acmpca_ocsp_answer (
  certificate BIGINT PRIMARY KEY REFERENCES acmpca_certificate (id),
  ca BIGINT NOT NULL REFERENCES acmpca_certificate_authority (id),
  renew_at BIGINT NOT NULL,
  answer BYTEA NOT NULL
);

CREATE INDEX acmpca_ocsp_answer_renewal ON acmpca_ocsp_answer (ca, renew_at);

-- Up to which certificate answers were signed for the first time.
CREATE TABLE acmpca_ocsp_progress (
  ca BIGINT PRIMARY KEY REFERENCES acmpca_certificate_authority (id),
  certificate BIGINT NOT NULL
);
