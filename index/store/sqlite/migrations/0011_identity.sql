-- What the id of an edited article is derived from, instead of its present URL or content: the id
-- stays the same, and proves as before that the row is not damaged.

ALTER TABLE articles ADD COLUMN identity TEXT;
