-- Authors, and the earlier versions of corrected articles.

ALTER TABLE articles ADD COLUMN author TEXT;

CREATE TABLE former_articles (
    key          INTEGER PRIMARY KEY,
    article      INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    publisher    TEXT,
    published    TEXT,
    url          TEXT,
    author       TEXT,
    content_hash TEXT NOT NULL,
    until        TEXT NOT NULL              -- ISO 8601, UTC: when it was corrected
);
CREATE INDEX former_articles_by_article ON former_articles (article);

-- Only the last twenty versions of an article are kept, which bounds articles that change all day.
CREATE TRIGGER articles_remembered AFTER UPDATE OF content_hash ON articles BEGIN
    INSERT INTO former_articles (article, title, text, publisher, published, url, author,
            content_hash, until)
        VALUES (old.key, old.title, old.text, old.publisher, old.published, old.url, old.author,
            old.content_hash, new.changed_at);
    DELETE FROM former_articles WHERE article = old.key AND key NOT IN (
        SELECT key FROM former_articles WHERE article = old.key ORDER BY key DESC LIMIT 20
    );
END;
