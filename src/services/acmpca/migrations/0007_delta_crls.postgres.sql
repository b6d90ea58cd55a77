-- The complete CRL that delta CRLs start from: its number, and where its entries ended. NULL: the
-- next CRL is a complete one.
ALTER TABLE acmpca_crl ADD COLUMN base_number BIGINT;
ALTER TABLE acmpca_crl ADD COLUMN base_run BIGINT;
ALTER TABLE acmpca_crl ADD COLUMN base_octets BIGINT;   -- of that run
