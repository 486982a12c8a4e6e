-- Near-duplicate articles; see index/text/near_duplicates.py.

CREATE TABLE bands (
    band    INTEGER NOT NULL,               -- of the article's MinHash signature
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);

-- Symmetric. Only articles that can be read together are here: of one collection, or of one and
-- `shared`.
CREATE TABLE alike (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    other   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE INDEX alike_by_other ON alike (other);
