CREATE TABLE installation_fact (
  name TEXT PRIMARY KEY,
  value BYTEA NOT NULL
);
