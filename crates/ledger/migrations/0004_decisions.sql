-- What people decided: a part of what came in, only ever added to. `body` is the decision as it is exported; of one that
-- spoke of a report which was withdrawn the words go, and its hash stays.
CREATE TABLE decision (
    n      INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE,
    body   TEXT,
    sha256 TEXT NOT NULL,       -- of the body
    seq    INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX decision_seq ON decision (seq);

-- The reports that a decision speaks of.
CREATE TABLE decision_report (
    report   TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision (n),
    PRIMARY KEY (report, decision)
) WITHOUT ROWID, STRICT;

CREATE TRIGGER decision_stays BEFORE DELETE ON decision
BEGIN
    SELECT raise(ABORT, 'a decision is never taken out');
END;
CREATE TRIGGER decision_is_kept BEFORE UPDATE ON decision
WHEN new.body IS NOT NULL OR new.id IS NOT old.id OR new.sha256 IS NOT old.sha256 OR new.seq IS NOT old.seq OR new.n IS NOT old.n
BEGIN
    SELECT raise(ABORT, 'a decision is never changed');
END;

-- How sure the reading of a claim is, in thousandths, and whether a person accepted or rejected it: what a queue is ordered
-- by. Null until events are found anew.
ALTER TABLE claim ADD COLUMN confidence INTEGER;
ALTER TABLE claim ADD COLUMN settled INTEGER;
CREATE INDEX claim_confidence ON claim (confidence, id) WHERE event IS NOT NULL AND settled = 0;

-- Events are found anew by the next run, so that they get what is new here.
UPDATE meta SET value = 'stale' WHERE name = 'collation';
