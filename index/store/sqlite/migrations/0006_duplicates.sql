-- Which articles tell the same story in the same words; see index/text/near_duplicates.py.

CREATE TABLE bands (
    band    INTEGER NOT NULL,               -- of an article's signature
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
CREATE INDEX bands_by_article ON bands (article);

-- Both ways round. Only what can be read together stands here: articles of one collection, or of
-- one and `shared`.
CREATE TABLE alike (
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    other   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE INDEX alike_by_other ON alike (other);
