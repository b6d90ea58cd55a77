-- What was signed, as the leaves of a Merkle tree that only grows. One row of state:
CREATE TABLE issuance_log (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,          -- how many leaves
  frontier BLOB NOT NULL          -- roots of the complete subtrees, from left to right
) STRICT;

INSERT INTO issuance_log (id, size, frontier) VALUES (1, 0, x'');

CREATE TABLE issuance_log_leaf (
  position INTEGER PRIMARY KEY,   -- from 0
  kind INTEGER NOT NULL,          -- 1 certificate, 2 CRL, 3 OCSP signer, 4 import
  time INTEGER NOT NULL,
  authority TEXT NOT NULL,        -- ARN of the CA that signed
  object TEXT NOT NULL,           -- what was signed, such as a certificate's ARN
  digest BLOB NOT NULL,           -- SHA-256 of the signed bytes
  root BLOB NOT NULL              -- of the tree that ends with this leaf
) STRICT;

-- Roots of the complete subtrees of 256, 65536, ... leaves: what proofs are made from.
CREATE TABLE issuance_log_tile (
  level INTEGER NOT NULL,         -- a tile of level n covers 256^n leaves
  position INTEGER NOT NULL,      -- within its level, from 0
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

-- Heads of the tree that the log's key has signed.
CREATE TABLE issuance_log_checkpoint (
  size INTEGER PRIMARY KEY,
  root BLOB NOT NULL,
  time INTEGER NOT NULL,
  signature BLOB NOT NULL
) STRICT;

CREATE TABLE issuance_log_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL            -- PKCS #8, sealed by the vault
) STRICT;
