-- The how-manieth that its CA revoked it is, from 1: how many there are, and what came since, is known
-- without a look at each.
ALTER TABLE acmpca_revocation ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

UPDATE acmpca_revocation SET number = numbered.number
FROM (SELECT ca, serial, ROW_NUMBER() OVER (PARTITION BY ca ORDER BY revoked_at, serial) AS number
      FROM acmpca_revocation) AS numbered
WHERE numbered.ca = acmpca_revocation.ca AND numbered.serial = acmpca_revocation.serial;

CREATE UNIQUE INDEX acmpca_revocation_number ON acmpca_revocation (ca, number);
