-- ownership: with BucketOwnerEnforced, ACLs do not count. public_access_block: the words of what is
-- blocked, and NULL where nothing is configured. policy: the JSON as it was put.
ALTER TABLE s3_bucket ADD COLUMN ownership TEXT NOT NULL DEFAULT 'BucketOwnerEnforced';
ALTER TABLE s3_bucket ADD COLUMN public_access_block TEXT
  DEFAULT 'BlockPublicAcls IgnorePublicAcls BlockPublicPolicy RestrictPublicBuckets';
ALTER TABLE s3_bucket ADD COLUMN policy TEXT;

-- acl: 'private', 'bucket-owner-full-control', 'public-read'.
ALTER TABLE s3_object ADD COLUMN acl TEXT NOT NULL DEFAULT 'private';
ALTER TABLE s3_upload ADD COLUMN acl TEXT NOT NULL DEFAULT 'private';

-- tagging: "key=value&key=value", percent-encoded.
ALTER TABLE s3_object ADD COLUMN tagging TEXT NOT NULL DEFAULT '';
ALTER TABLE s3_upload ADD COLUMN tagging TEXT NOT NULL DEFAULT '';
