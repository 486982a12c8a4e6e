-- Articles that are on their way into the library, and the feeds that they come from.

CREATE TABLE feeds (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    collection    TEXT NOT NULL,
    url           TEXT NOT NULL,
    title         TEXT NOT NULL,
    person        INTEGER,                    -- who added it; NULL: the operator, by a setting
    channel       INTEGER,                    -- where its articles are announced
    validators    TEXT NOT NULL DEFAULT '{}', -- JSON: headers to ask again with
    checked_at    TEXT,                       -- ISO 8601, UTC; when it was read last
    due_at        TEXT NOT NULL,              -- ISO 8601, UTC; when to ask again
    failures      INTEGER NOT NULL DEFAULT 0, -- since it was read last
    failing_since TEXT,
    reason        TEXT,                       -- of the last failure
    reported      INTEGER NOT NULL DEFAULT 0, -- whether its failing has been reported
    UNIQUE (collection, url)
);

CREATE TABLE feed_entries (
    feed    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    entry   TEXT NOT NULL,                    -- see Entry in index/sources/feed.py
    digest  TEXT NOT NULL,
    page    TEXT,                             -- its address, if no other entry has it
    article TEXT,                             -- the id of the one that it became
    seen_at TEXT NOT NULL,                    -- when the feed had it last
    PRIMARY KEY (feed, entry)
) WITHOUT ROWID;
CREATE INDEX feed_entries_by_page ON feed_entries (feed, page);

-- AUTOINCREMENT: what is done with an arrival never touches a later one.
CREATE TABLE arrivals (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL,
    link       TEXT,                          -- what is to be fetched; NULL: the article is here
    record     TEXT NOT NULL,                 -- JSON: the article or, of a link, what is known
    feed       INTEGER REFERENCES feeds ON DELETE CASCADE,
    entry      TEXT,
    tries      INTEGER NOT NULL DEFAULT 0,    -- that failed
    due_at     TEXT NOT NULL,                 -- ISO 8601, UTC; when to try
    reason     TEXT,                          -- of the last failure
    failed_at  TEXT,                          -- since when it is set aside
    UNIQUE (feed, entry)
);
CREATE INDEX arrivals_by_collection ON arrivals (collection, failed_at);

-- The articles of feeds that are to be announced, in the order of their keys.
CREATE TABLE announcements (
    key     INTEGER PRIMARY KEY,
    feed    INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    article TEXT NOT NULL,
    UNIQUE (feed, article)
);
