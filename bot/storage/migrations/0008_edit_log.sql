-- What editors did to a server's articles and feeds, and the articles that they removed, so that
-- these can be restored.

CREATE TABLE edits (
    key      INTEGER PRIMARY KEY,
    server   INTEGER NOT NULL,
    person   INTEGER NOT NULL,
    action   TEXT NOT NULL,             -- see edit_log.py
    article  TEXT,                      -- its id in the library; NULL: it was done to a feed
    title    TEXT NOT NULL,
    at       TEXT NOT NULL,             -- ISO 8601, UTC
    removed  TEXT                       -- a removed article as JSON; NULL: it cannot be restored
);
CREATE INDEX edits_by_server ON edits (server, key);
CREATE INDEX edits_by_article ON edits (article);
CREATE INDEX edits_by_time ON edits (at);
