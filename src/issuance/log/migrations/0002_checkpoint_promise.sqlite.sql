-- The first leaf after a checkpoint promises the next one.
ALTER TABLE issuance_log ADD COLUMN checkpoint_promised INTEGER NOT NULL DEFAULT 0;   -- 0 or 1
ALTER TABLE issuance_log ADD COLUMN checkpoint_within INTEGER NOT NULL DEFAULT 60000; -- milliseconds
