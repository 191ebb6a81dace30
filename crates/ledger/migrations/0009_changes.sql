-- What an export since an earlier one goes by: a mark for each time that events were found anew and some were others than
-- before, each bound to the one before it, and of every event that there ever was the mark at which it came to be as it is.
-- What an event comes to with all that leaves with it stands as a hash; null of one that is gone.
CREATE TABLE event_mark (
    n    INTEGER PRIMARY KEY,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE event_change (
    id    TEXT PRIMARY KEY,
    sum   TEXT,
    first INTEGER NOT NULL,             -- the mark at which it was there first
    mark  INTEGER NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX event_change_mark ON event_change (mark);

-- The report that this one copies ('' where none is found), which the inbox tells of every report.
ALTER TABLE report_line ADD COLUMN copies TEXT NOT NULL DEFAULT '';

-- Events are found anew by the next run, so that they get what is new here.
UPDATE meta SET value = 'stale' WHERE name = 'collation';
