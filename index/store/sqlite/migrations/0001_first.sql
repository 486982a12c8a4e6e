-- The first schema. The FAISS files are derived from these tables (see faiss_indexes.py).

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

-- Incremented with every change of the library; see Store.generation.
INSERT INTO meta VALUES ('generation', 0);

CREATE TABLE collections (
    key        INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL DEFAULT 0,  -- the library's at the last change of this collection
    articles   INTEGER NOT NULL DEFAULT 0,
    sentences  INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE articles (
    key          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    collection   INTEGER NOT NULL REFERENCES collections,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    publisher    TEXT,
    published    TEXT,                      -- ISO 8601: a day, or a moment
    url          TEXT,
    content_hash TEXT NOT NULL,
    added_at     TEXT NOT NULL,             -- ISO 8601, UTC
    changed_at   TEXT NOT NULL
);
CREATE INDEX articles_by_date ON articles (collection, published);

-- AUTOINCREMENT: keys are never reused, so a FAISS index that has all keys up to a number lacks
-- exactly the keys above it.
CREATE TABLE sentences (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    article    INTEGER NOT NULL REFERENCES articles,
    collection INTEGER NOT NULL REFERENCES collections,
    start      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL CHECK ("end" > start),
    paragraph  INTEGER NOT NULL,
    number     INTEGER NOT NULL
);
CREATE UNIQUE INDEX sentences_by_article ON sentences (article, start);
CREATE INDEX sentences_by_collection ON sentences (collection, key);

CREATE TRIGGER articles_counted AFTER INSERT ON articles BEGIN
    UPDATE collections SET articles = articles + 1 WHERE key = new.collection;
END;
CREATE TRIGGER articles_uncounted AFTER DELETE ON articles BEGIN
    UPDATE collections SET articles = articles - 1 WHERE key = old.collection;
END;
CREATE TRIGGER sentences_counted AFTER INSERT ON sentences BEGIN
    UPDATE collections SET sentences = sentences + 1 WHERE key = new.collection;
END;
CREATE TRIGGER sentences_uncounted AFTER DELETE ON sentences BEGIN
    UPDATE collections SET sentences = sentences - 1 WHERE key = old.collection;
END;

CREATE VIEW sentence_texts AS
    SELECT s.key, substr(a.text, s.start + 1, s."end" - s.start) AS text
    FROM sentences AS s JOIN articles AS a ON a.key = s.article;

CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text, content = 'sentence_texts', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_into_fts AFTER INSERT ON sentences BEGIN
    INSERT INTO sentences_fts (rowid, text) SELECT key, text FROM sentence_texts WHERE key = new.key;
END;
CREATE TRIGGER sentences_out_of_fts BEFORE DELETE ON sentences BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text)
        SELECT 'delete', key, text FROM sentence_texts WHERE key = old.key;
END;

-- There is more than one model only during a rebuild; meta's `model` is the one in use.
CREATE TABLE models (
    key         INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    width       INTEGER NOT NULL,
    fingerprint TEXT NOT NULL               -- SHA-256 of the weights
);

CREATE TABLE vectors (
    sentence INTEGER NOT NULL REFERENCES sentences ON DELETE CASCADE,
    model    INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
    vector   BLOB NOT NULL,                 -- width float32, little-endian, of length 1
    UNIQUE (sentence, model)
);

-- The valid FAISS files: a file is read only if its SHA-256 is here.
CREATE TABLE index_files (
    collection INTEGER PRIMARY KEY REFERENCES collections ON DELETE CASCADE,
    generation INTEGER NOT NULL,
    model      INTEGER NOT NULL REFERENCES models ON DELETE CASCADE,
    sha256     TEXT NOT NULL
);
