-- The words of each collection's sentences, as exact_fts has them, for correcting typing errors.

CREATE TABLE words (
    collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
    word       TEXT NOT NULL,
    PRIMARY KEY (collection, word)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE exact_words USING fts5vocab (exact_fts, instance);
INSERT INTO words
    SELECT DISTINCT s.collection, w.term FROM exact_words AS w JOIN sentences AS s ON s.key = w.doc;
