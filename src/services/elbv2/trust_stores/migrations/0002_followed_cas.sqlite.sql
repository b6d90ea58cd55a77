-- ca_arn: the private CA whose certificate and revocations a trust store follows; bundle is then
-- that certificate as it was in the beginning.
ALTER TABLE elbv2_trust_store ADD COLUMN ca_arn TEXT;
