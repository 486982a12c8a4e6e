-- The files that collections are kept like, and the articles that each of them held.

CREATE TABLE files (
    key         INTEGER PRIMARY KEY,
    collection  INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
    path        BLOB NOT NULL,              -- as the file system has it, which may be no UTF-8
    fingerprint TEXT,                       -- of what was read; NULL while it is being taken in
    UNIQUE (collection, path)
);

CREATE TABLE file_articles (
    file    INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    article TEXT NOT NULL,                  -- an id, of an article that may be gone
    UNIQUE (file, article)
);
CREATE INDEX file_articles_by_article ON file_articles (article);
