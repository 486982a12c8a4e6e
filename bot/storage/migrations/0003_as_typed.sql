-- Whether typing errors in a question are left as they are.

ALTER TABLE exchanges ADD COLUMN as_typed INTEGER NOT NULL DEFAULT 0;
