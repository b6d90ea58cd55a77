-- acl: 'private', 'public-read'.
ALTER TABLE s3_bucket ADD COLUMN acl TEXT NOT NULL DEFAULT 'private';
