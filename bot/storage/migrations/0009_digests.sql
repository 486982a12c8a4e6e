-- The digests that servers have ordered: at most one each.

CREATE TABLE digests (
    server  INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    weekday INTEGER,                        -- 0: Monday; NULL: every day
    at      TEXT NOT NULL,                  -- HH:MM in the time zone
    zone    TEXT NOT NULL,                  -- a name of the IANA time zone database
    until   TEXT NOT NULL                   -- ISO 8601, UTC: the end of the last digest's period
);
