-- What lists, maps and searches need, so that they need not walk through the records themselves.

-- An event's number in its collation (for event_words), how its place is told, its harm, the languages of its reports
-- ('ar en'), and what its place may also be (JSON). Null until events are found anew.
ALTER TABLE event ADD COLUMN n INTEGER;
ALTER TABLE event ADD COLUMN radius_m INTEGER;
ALTER TABLE event ADD COLUMN place_precision TEXT;
ALTER TABLE event ADD COLUMN harms TEXT;
ALTER TABLE event ADD COLUMN killed INTEGER;
ALTER TABLE event ADD COLUMN injured INTEGER;
ALTER TABLE event ADD COLUMN languages TEXT;
ALTER TABLE event ADD COLUMN candidates TEXT;

-- The words by which an event and a report are found: folded and in their order, and what is left of each without clitics
-- and endings. Their texts are kept elsewhere; the row's number is that of the event or the report.
CREATE VIRTUAL TABLE event_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE report_words USING fts5 (words, stems, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Reports whose words are not in report_words yet.
CREATE TABLE report_unsearched (
    n INTEGER PRIMARY KEY
) STRICT;
INSERT INTO report_unsearched (n) SELECT n FROM report;

-- What a list of reports shows and filters by ('' where nothing tells).
CREATE TABLE report_line (
    report      TEXT PRIMARY KEY,
    source_id   TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_kind TEXT NOT NULL,
    family      TEXT NOT NULL,
    language    TEXT NOT NULL,
    day         TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX report_line_day ON report_line (day, report);

-- Events are found anew by the next run, so that they get what is new here.
UPDATE meta SET value = 'stale' WHERE name = 'collation';
