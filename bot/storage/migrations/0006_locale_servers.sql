-- The server of each user's last interaction: when all data of a server is deleted, so are the
-- locales of users who are known nowhere else.

ALTER TABLE people ADD COLUMN server INTEGER;  -- NULL in a direct message, or before this migration
