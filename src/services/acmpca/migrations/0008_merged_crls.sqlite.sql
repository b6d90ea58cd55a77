-- The complete CRL of a CA that had partitions speaks of all that the CA issued. An older release left
-- out what was revoked of them: the next one is due now, and no delta CRL.
UPDATE acmpca_crl SET base_number = NULL, base_run = NULL, base_octets = NULL
WHERE partition = '' AND ca IN (SELECT ca FROM acmpca_crl WHERE partition <> '');

UPDATE jobs_job SET due = 0, ready_at = 0
WHERE kind = 'acmpca.crl' AND leased = 0 AND key IN (
  SELECT CAST(id AS TEXT) FROM acmpca_crl
  WHERE partition = '' AND ca IN (SELECT ca FROM acmpca_crl WHERE partition <> ''));
