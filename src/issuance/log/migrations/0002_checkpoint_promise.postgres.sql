-- The first leaf after a checkpoint promises the next one.
ALTER TABLE issuance_log ADD COLUMN checkpoint_promised BIGINT NOT NULL DEFAULT 0;   -- 0 or 1
ALTER TABLE issuance_log ADD COLUMN checkpoint_within BIGINT NOT NULL DEFAULT 60000; -- milliseconds
