-- The last day of publication beside the first, and whether the question's own words for a period
-- are ignored.

ALTER TABLE exchanges ADD COLUMN until TEXT;
ALTER TABLE exchanges ADD COLUMN any_time INTEGER NOT NULL DEFAULT 0;
