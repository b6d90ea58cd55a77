-- The next planned minute of a rule that has a schedule and is enabled.
CREATE TABLE events_plan (
  rule BIGINT PRIMARY KEY,
  expression TEXT NOT NULL,
  planned_at BIGINT NOT NULL
);

-- policy: who of other accounts may put events there. modified_at: when policy or description were.
ALTER TABLE events_bus ADD COLUMN policy TEXT;
ALTER TABLE events_bus ADD COLUMN modified_at BIGINT;
