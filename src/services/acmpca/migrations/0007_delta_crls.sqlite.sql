-- The complete CRL that delta CRLs start from: its number, and where its entries ended. NULL: the
-- next CRL is a complete one.
ALTER TABLE acmpca_crl ADD COLUMN base_number INTEGER;
ALTER TABLE acmpca_crl ADD COLUMN base_run INTEGER;
ALTER TABLE acmpca_crl ADD COLUMN base_octets INTEGER;   -- of that run
