-- What was withdrawn: bytes and all that was read of them are gone. A number names the entry of the custody log that tells
-- of it. Of an intake its digest stays, so that the entry it came with can still be checked.
CREATE TABLE withdrawn (
    report TEXT PRIMARY KEY,
    seq    INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID, STRICT;
ALTER TABLE original ADD COLUMN withdrawn INTEGER;
ALTER TABLE decision ADD COLUMN withdrawn INTEGER;
