-- What an edit changed, so that the history of a server says so.

ALTER TABLE edits ADD COLUMN changed TEXT;  -- the names of an article's fields, as JSON; NULL: not recorded
