-- What was set aside because it is no report: what it is, where it was published, and the listed publisher whose report is
-- to be captured by hand.
ALTER TABLE set_aside ADD COLUMN kind TEXT;
ALTER TABLE set_aside ADD COLUMN url TEXT;
ALTER TABLE set_aside ADD COLUMN by_hand TEXT;
