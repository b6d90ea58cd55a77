CREATE TABLE installation_fact (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;
