-- Work promised for later: one row a (kind, key).
CREATE TABLE jobs_job (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  due BIGINT NOT NULL,       -- when it is to run
  next_due BIGINT,           -- promised anew while it runs: when it is to run after that
  ready_at BIGINT NOT NULL,  -- when a runner may take it: due, or the end of the lease
  leased INTEGER NOT NULL,   -- 1 while a runner has it
  claims BIGINT NOT NULL,    -- how often it was taken: tells an old lease from a new one
  attempts INTEGER NOT NULL, -- failures in a row
  payload TEXT NOT NULL,
  PRIMARY KEY (kind, key)
);

CREATE INDEX jobs_job_ready ON jobs_job (kind, ready_at, key);

-- What runs, or ran when its node died: few rows of many.
CREATE INDEX jobs_job_leased ON jobs_job (kind) WHERE leased = 1;
