-- Where the certificates of a list say it is, from when they were issued on: for good, whatever the
-- CA's configuration says since. NULL: where the configuration says.
ALTER TABLE acmpca_crl ADD COLUMN named_key TEXT;
ALTER TABLE acmpca_crl ADD COLUMN named_uri TEXT;

-- The list that a certificate belongs to. NULL: the complete one, if the CA has any.
ALTER TABLE acmpca_certificate ADD COLUMN crl BIGINT REFERENCES acmpca_crl (id);

CREATE INDEX acmpca_crl_newest ON acmpca_crl (ca, id);
CREATE INDEX acmpca_crl_object ON acmpca_crl (object_key);

-- Nobody counted until now.
UPDATE acmpca_crl SET certificates =
  (SELECT COUNT(*) FROM acmpca_certificate WHERE acmpca_certificate.ca = acmpca_crl.ca);
