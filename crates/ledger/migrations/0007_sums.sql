-- A sum over the rows of every table, by which it is told whether what is read is what was written.
CREATE TABLE row_sum (
    name TEXT PRIMARY KEY,
    sum  TEXT NOT NULL
) WITHOUT ROWID, STRICT;
