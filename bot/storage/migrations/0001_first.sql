-- The bot's own data, apart from the library. Ids of servers, channels, users, roles and messages
-- are Discord's.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE servers (
    server    INTEGER PRIMARY KEY,
    threads   INTEGER NOT NULL DEFAULT 0,   -- whether each question gets its own thread
    editors   INTEGER,                      -- a role that may change the collection
    questions INTEGER NOT NULL DEFAULT 20,  -- that a user may ask in a period
    seconds   INTEGER NOT NULL DEFAULT 30,  -- the period; 0: no limit
    left_at   TEXT                          -- ISO 8601, UTC; when the bot left the server
) WITHOUT ROWID;

CREATE TABLE ask_channels (
    channel INTEGER PRIMARY KEY,
    server  INTEGER NOT NULL
) WITHOUT ROWID;

-- The locale of each user in their last interaction, for messages, which have none.
CREATE TABLE people (
    person INTEGER PRIMARY KEY,
    locale TEXT NOT NULL
) WITHOUT ROWID;

-- The question log. AUTOINCREMENT: keys are never reused, so a button with the key of a purged
-- question never finds another one.
CREATE TABLE exchanges (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,               -- ask, hint, find or list; see question_log.py
    server     INTEGER,                     -- NULL in a direct message
    channel    INTEGER NOT NULL,
    person     INTEGER NOT NULL,
    asking     INTEGER UNIQUE,              -- the message with the question; NULL: a command
    answering  INTEGER UNIQUE,              -- the message with the answer; NULL until posted
    question   TEXT NOT NULL,
    articles   TEXT,                        -- JSON: the ids of the articles searched
    publisher  TEXT,
    since      TEXT,
    near       TEXT NOT NULL,               -- JSON: the ids that answered the previous one
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
