-- How a question was asked: the last day of publication beside the first, whether its words for a
-- period are ignored, whether typing errors are left as they are, and the question before it. How it
-- was answered: what was searched for, and how certain the answer is.

ALTER TABLE exchanges ADD COLUMN until TEXT;
ALTER TABLE exchanges ADD COLUMN any_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exchanges ADD COLUMN as_typed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE exchanges ADD COLUMN earlier TEXT NOT NULL DEFAULT '';
ALTER TABLE exchanges ADD COLUMN searched TEXT NOT NULL DEFAULT '';
ALTER TABLE exchanges ADD COLUMN certainty TEXT;
