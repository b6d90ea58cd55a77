-- ARNs of who is told how asynchronous invocations ended; empty: nobody.
ALTER TABLE lambda_function ADD COLUMN dead_letters TEXT NOT NULL DEFAULT '';
ALTER TABLE lambda_function ADD COLUMN on_success TEXT NOT NULL DEFAULT '';
ALTER TABLE lambda_function ADD COLUMN on_failure TEXT NOT NULL DEFAULT '';
ALTER TABLE lambda_version ADD COLUMN dead_letters TEXT NOT NULL DEFAULT '';
-- How many functions have told one another before.
ALTER TABLE lambda_event ADD COLUMN hops BIGINT NOT NULL DEFAULT 0;
