-- The tracked files of synced folders, and the articles in each.

CREATE TABLE files (
    key         INTEGER PRIMARY KEY,
    collection  INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
    path        BLOB NOT NULL,              -- as in the file system, not necessarily UTF-8
    fingerprint TEXT,                       -- of the version that was read; NULL while it is read
    UNIQUE (collection, path)
);

CREATE TABLE file_articles (
    file    INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    article TEXT NOT NULL,                  -- an article id; the article may have been removed
    UNIQUE (file, article)
);
CREATE INDEX file_articles_by_article ON file_articles (article);
