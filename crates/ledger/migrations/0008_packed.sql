-- The hash of an original's record as it lies in its pack, head and packed bytes: some bits of a packed form mean nothing, and are
-- to be named all the same when they are others. Null for what was entered before, and for what was withdrawn.
ALTER TABLE original ADD COLUMN record_sha256 TEXT;
