-- What was signed, as the leaves of a Merkle tree that only grows. One row of state:
CREATE TABLE issuance_log (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  size BIGINT NOT NULL,          -- how many leaves
  frontier BYTEA NOT NULL          -- roots of the complete subtrees, from left to right
);

INSERT INTO issuance_log (id, size, frontier) VALUES (1, 0, '');

CREATE TABLE issuance_log_leaf (
  position BIGINT PRIMARY KEY,   -- from 0
  kind BIGINT NOT NULL,          -- 1 certificate, 2 CRL, 3 OCSP signer, 4 import
  time BIGINT NOT NULL,
  authority TEXT NOT NULL,        -- ARN of the CA that signed
  object TEXT NOT NULL,           -- what was signed, such as a certificate's ARN
  digest BYTEA NOT NULL,           -- SHA-256 of the signed bytes
  root BYTEA NOT NULL              -- of the tree that ends with this leaf
);

-- Roots of the complete subtrees of 256, 65536, ... leaves: what proofs are made from.
CREATE TABLE issuance_log_tile (
  level BIGINT NOT NULL,         -- a tile of level n covers 256^n leaves
  position BIGINT NOT NULL,      -- within its level, from 0
  hash BYTEA NOT NULL,
  PRIMARY KEY (level, position)
);

-- Heads of the tree that the log's key has signed.
CREATE TABLE issuance_log_checkpoint (
  size BIGINT PRIMARY KEY,
  root BYTEA NOT NULL,
  time BIGINT NOT NULL,
  signature BYTEA NOT NULL
);

CREATE TABLE issuance_log_key (
  id BIGINT PRIMARY KEY CHECK (id = 1),
  sealed BYTEA NOT NULL            -- PKCS #8, sealed by the vault
);
