-- Since when a feed has been followed, because what is older is not announced.

ALTER TABLE feeds ADD COLUMN followed_at TEXT;  -- ISO 8601, UTC; NULL before this migration
