-- Where it listens. Those of before have none, and are to be made anew.
ALTER TABLE elbv2_load_balancer ADD COLUMN address TEXT NOT NULL DEFAULT '';
