-- Followed feeds, ingest jobs and pending announcements.

CREATE TABLE feeds (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    collection    TEXT NOT NULL,
    url           TEXT NOT NULL,
    title         TEXT NOT NULL,
    person        INTEGER,                    -- who added it; NULL: the operator (setting FEEDS)
    channel       INTEGER,                    -- where its articles are announced
    validators    TEXT NOT NULL DEFAULT '{}', -- JSON: headers of the next conditional request
    checked_at    TEXT,                       -- ISO 8601, UTC; the last successful poll
    due_at        TEXT NOT NULL,              -- ISO 8601, UTC; the next poll
    failures      INTEGER NOT NULL DEFAULT 0, -- failed polls since checked_at
    failing_since TEXT,
    reason        TEXT,                       -- of the last failure
    reported      INTEGER NOT NULL DEFAULT 0, -- whether the failures have been reported
    UNIQUE (collection, url)
);

CREATE TABLE feed_entries (
    feed    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    entry   TEXT NOT NULL,                    -- see Entry in index/sources/feed.py
    digest  TEXT NOT NULL,
    page    TEXT,                             -- its URL, if no other entry has the same
    article TEXT,                             -- the id of its article in the library
    seen_at TEXT NOT NULL,                    -- when it was last in the feed
    PRIMARY KEY (feed, entry)
) WITHOUT ROWID;
CREATE INDEX feed_entries_by_page ON feed_entries (feed, page);

-- Ingest jobs. AUTOINCREMENT: keys are never reused, so a late result never changes a newer job.
CREATE TABLE arrivals (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    link       TEXT,                          -- to be fetched; NULL: record has the article
    record     TEXT NOT NULL,                 -- JSON: the article, or metadata of the link
    feed       INTEGER REFERENCES feeds ON DELETE CASCADE,
    entry      TEXT,
    tries      INTEGER NOT NULL DEFAULT 0,    -- failed attempts
    due_at     TEXT NOT NULL,                 -- ISO 8601, UTC; the next attempt
    reason     TEXT,                          -- of the last failure
    failed_at  TEXT,                          -- when it failed for good; NULL: queued
    UNIQUE (feed, entry)
);
CREATE INDEX arrivals_by_collection ON arrivals (collection, failed_at);

-- Articles of feeds to be announced, in the order of the keys.
CREATE TABLE announcements (
    key     INTEGER PRIMARY KEY,
    feed    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    article TEXT NOT NULL,
    UNIQUE (feed, article)
);
