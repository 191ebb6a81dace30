-- The first ledger. A table stands in one of three groups:
-- what came in (kept for ever), what was read of it (replaced whole by a newer reader), what was found by comparing
-- (rebuilt at will).

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- What came in -------------------------------------------------------------------------------------------------------

-- Who did what to this directory, each entry bound to the one before it by its hash.
CREATE TABLE custody (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,
    what     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

-- Where the sealed bytes with this hash lie.
CREATE TABLE original (
    n      INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    pack   INTEGER NOT NULL,
    start  INTEGER NOT NULL,    -- of the pack's record, in bytes
    stored INTEGER NOT NULL,    -- length of the record with its head
    length INTEGER NOT NULL,    -- of the bytes as they came
    seq    INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX original_place ON original (pack, start);
CREATE INDEX original_seq ON original (seq);

-- One way that an original came in.
CREATE TABLE intake (
    n             INTEGER PRIMARY KEY,
    digest        TEXT NOT NULL UNIQUE,  -- of all that tells one intake from another
    original      INTEGER NOT NULL REFERENCES original (n),
    path          TEXT NOT NULL,
    given         TEXT,
    captured_at   TEXT,
    captured_by   TEXT NOT NULL,
    container     TEXT,
    record_offset INTEGER,
    sealed_at     TEXT NOT NULL,
    seq           INTEGER NOT NULL REFERENCES custody (seq) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX intake_original ON intake (original);
CREATE INDEX intake_path ON intake (path);
CREATE INDEX intake_seq ON intake (seq);

-- What was read of it ------------------------------------------------------------------------------------------------

CREATE TABLE report (
    n    INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

CREATE TABLE analysis (
    report INTEGER PRIMARY KEY REFERENCES report (n),
    body   BLOB NOT NULL
) STRICT;

-- Which report was read from which intake, and the sender's own key for it ('' where there is none).
CREATE TABLE reading (
    report INTEGER NOT NULL REFERENCES report (n),
    intake INTEGER NOT NULL REFERENCES intake (n),
    key    TEXT NOT NULL,
    PRIMARY KEY (report, intake, key)
) WITHOUT ROWID, STRICT;
CREATE INDEX reading_intake ON reading (intake);
CREATE INDEX reading_key ON reading (key) WHERE key <> '';

-- What could not be read ('' and 0 where a hash or a line is not known).
CREATE TABLE set_aside (
    path   TEXT NOT NULL,
    line   INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (path, line, reason, sha256)
) WITHOUT ROWID, STRICT;

-- What was found by comparing ----------------------------------------------------------------------------------------

CREATE TABLE event_body (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;

-- What a list of events shows and filters by, kept apart from the bodies so that a list need not walk through them.
CREATE TABLE event (
    id          TEXT PRIMARY KEY,
    type        TEXT NOT NULL,
    level       TEXT NOT NULL,
    first_day   TEXT,
    last_day    TEXT,
    place_id    TEXT,
    place_name  TEXT,
    lat         REAL,
    lon         REAL,
    summary     TEXT NOT NULL,
    reports     INTEGER NOT NULL,
    origins     INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    disputed    INTEGER NOT NULL     -- attributes on which its claims differ
) WITHOUT ROWID, STRICT;
CREATE INDEX event_day ON event (first_day, id);

-- Every id that an event would have if this or that of its claims were its smallest.
CREATE TABLE event_alias (
    alias TEXT PRIMARY KEY,
    event TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE event_actor (
    event TEXT NOT NULL,
    role  TEXT NOT NULL,
    id    TEXT NOT NULL,             -- '' for an actor that knowledge lacks
    name  TEXT NOT NULL,
    PRIMARY KEY (event, role, id, name)
) WITHOUT ROWID, STRICT;
CREATE INDEX event_actor_id ON event_actor (id);

CREATE TABLE claim (
    id     TEXT PRIMARY KEY,
    report TEXT NOT NULL,
    event  TEXT,
    origin TEXT
) WITHOUT ROWID, STRICT;
CREATE INDEX claim_report ON claim (report);
CREATE INDEX claim_event ON claim (event) WHERE event IS NOT NULL;

CREATE TABLE comparison (
    report TEXT PRIMARY KEY,
    body   BLOB NOT NULL
) STRICT;
