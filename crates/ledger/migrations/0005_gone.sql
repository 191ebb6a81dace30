-- That what stood at an address is gone: what the server answered, and when.
ALTER TABLE set_aside ADD COLUMN gone_status INTEGER;
ALTER TABLE set_aside ADD COLUMN gone_at TEXT;
