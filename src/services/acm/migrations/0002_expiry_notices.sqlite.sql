-- Certificates from before there were notices of their end get theirs.
INSERT INTO jobs_job (kind, key, due, next_due, ready_at, leased, claims, attempts, payload)
SELECT 'acm.expiry', arn, not_after - 3888000000, NULL, not_after - 3888000000, 0, 0, 0, ''
FROM acm_certificate
WHERE status = 'ISSUED' AND not_after IS NOT NULL;
