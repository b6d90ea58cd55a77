-- The buckets whose objects lie with an outside service, too, as the program was last told.
CREATE TABLE s3_outside (
  bucket TEXT NOT NULL PRIMARY KEY
) STRICT;
