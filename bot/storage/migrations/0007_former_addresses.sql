-- The addresses from which followed feeds were permanently redirected to the one that they have now.

CREATE TABLE former_addresses (
    feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
    url  TEXT NOT NULL,
    PRIMARY KEY (feed, url)
) WITHOUT ROWID;
