-- What the bot remembers beside the library. Numbers of servers, channels, people, roles and
-- messages are Discord's.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE servers (
    server    INTEGER PRIMARY KEY,
    threads   INTEGER NOT NULL DEFAULT 0,   -- whether each question is answered in its own thread
    editors   INTEGER,                      -- the role that may change the collection
    questions INTEGER NOT NULL DEFAULT 20,  -- how many a person may ask
    seconds   INTEGER NOT NULL DEFAULT 30,  -- in so many seconds; 0: as many as they like
    left_at   TEXT                          -- ISO 8601, UTC; since when the bot is not there
) WITHOUT ROWID;

CREATE TABLE ask_channels (
    channel INTEGER PRIMARY KEY,
    server  INTEGER NOT NULL
) WITHOUT ROWID;

-- The language in which somebody used a command last, for messages, which do not tell it.
CREATE TABLE people (
    person INTEGER PRIMARY KEY,
    locale TEXT NOT NULL
) WITHOUT ROWID;

-- AUTOINCREMENT: a button that carries the key of a forgotten exchange never finds another one.
CREATE TABLE exchanges (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,               -- ask, hint, find or list; see exchanges.py
    server     INTEGER,                     -- NULL in a direct message
    channel    INTEGER NOT NULL,
    person     INTEGER NOT NULL,
    asking     INTEGER UNIQUE,              -- the message that asks; NULL for a command
    answering  INTEGER UNIQUE,              -- the message that answers, once it is there
    question   TEXT NOT NULL,
    articles   TEXT,                        -- JSON: the ids of those that are searched
    publisher  TEXT,
    since      TEXT,
    near       TEXT NOT NULL,               -- JSON: the ids of those that answered before
    found      INTEGER NOT NULL,
    confidence REAL NOT NULL,
    passages   TEXT NOT NULL,               -- JSON: article, start, end, score
    elapsed_ms REAL NOT NULL,
    asked_at   TEXT NOT NULL                -- ISO 8601, UTC
);
CREATE INDEX exchanges_by_channel ON exchanges (channel, key);
CREATE INDEX exchanges_by_server ON exchanges (server, asked_at);

CREATE TABLE votes (
    exchange INTEGER NOT NULL REFERENCES exchanges ON DELETE CASCADE,
    person   INTEGER NOT NULL,
    helpful  INTEGER NOT NULL,
    PRIMARY KEY (exchange, person)
) WITHOUT ROWID;
