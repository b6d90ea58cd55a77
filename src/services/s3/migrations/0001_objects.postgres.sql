-- versioning: '' until it is first switched on, then 'Enabled' or 'Suspended'.
CREATE TABLE s3_bucket (
  name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  versioning TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX s3_bucket_by_account ON s3_bucket (account, name);

-- One row a version. Without versioning the version id is 'null'. position: of two versions of a
-- key the later one has the greater. headers: "name: value" a line, as the client gave them.
CREATE TABLE s3_object (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  bucket TEXT NOT NULL REFERENCES s3_bucket (name),
  key TEXT COLLATE "C" NOT NULL,
  version_id TEXT COLLATE "C" NOT NULL,
  position BIGINT NOT NULL,
  is_latest BIGINT NOT NULL,
  is_delete_marker BIGINT NOT NULL,
  size BIGINT NOT NULL,
  etag TEXT NOT NULL,
  checksum_algorithm TEXT NOT NULL,
  checksum TEXT NOT NULL,
  checksum_type TEXT NOT NULL,
  part_count BIGINT NOT NULL,
  headers TEXT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX s3_object_by_version ON s3_object (bucket, key, version_id);
CREATE UNIQUE INDEX s3_object_by_position ON s3_object (bucket, key, position DESC);
CREATE UNIQUE INDEX s3_object_by_key ON s3_object (bucket, key) WHERE is_latest = 1;

-- A file, which holds an object or one of its parts. owner: the id of an object or of an upload
-- that is not complete.
CREATE TABLE s3_file (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  part BIGINT NOT NULL,
  size BIGINT NOT NULL,
  etag TEXT NOT NULL,
  checksum TEXT NOT NULL,
  modified_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX s3_file_by_owner ON s3_file (owner, part);

-- checksum_algorithm and checksum_type: empty where the client named none.
CREATE TABLE s3_upload (
  id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  bucket TEXT NOT NULL REFERENCES s3_bucket (name),
  key TEXT COLLATE "C" NOT NULL,
  checksum_algorithm TEXT NOT NULL,
  checksum_type TEXT NOT NULL,
  headers TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX s3_upload_by_key ON s3_upload (bucket, key, id);
