-- Questions that somebody watches, and what there is to tell them; and which articles the posted
-- answers quote, so that these can be marked once an article is corrected.

CREATE TABLE watches (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    server     INTEGER,                     -- NULL: set up in a direct message
    person     INTEGER NOT NULL,
    channel    INTEGER,                     -- where its alarms are posted; NULL: direct messages
    question   TEXT NOT NULL,
    mark       TEXT NOT NULL,               -- how far the library's changes have been looked at
    known      TEXT,                        -- JSON: where the answer so far stands; NULL: no answer
    paused     INTEGER NOT NULL DEFAULT 0,
    unreachable INTEGER NOT NULL DEFAULT 0, -- whether it is paused since Discord took no alarm
    created_at TEXT NOT NULL                -- ISO 8601, UTC
);
CREATE INDEX watches_by_person ON watches (person);
CREATE INDEX watches_by_server ON watches (server);

CREATE TABLE watch_alarms (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    watch    INTEGER NOT NULL REFERENCES watches ON DELETE CASCADE,
    old      TEXT,                          -- JSON, as watches.known
    new      TEXT NOT NULL,
    found_at TEXT NOT NULL,                 -- ISO 8601, UTC
    sent_at  TEXT                           -- NULL: still to be sent
);
CREATE INDEX watch_alarms_by_watch ON watch_alarms (watch, sent_at);

ALTER TABLE exchanges ADD COLUMN versions  TEXT NOT NULL DEFAULT '[]'; -- JSON: of the passages' articles
ALTER TABLE exchanges ADD COLUMN marked_at TEXT; -- when it was marked that an article was corrected

CREATE TABLE quoted (
    article  TEXT NOT NULL,
    exchange INTEGER NOT NULL REFERENCES exchanges ON DELETE CASCADE,
    PRIMARY KEY (article, exchange)
) WITHOUT ROWID;
CREATE INDEX quoted_by_exchange ON quoted (exchange);
