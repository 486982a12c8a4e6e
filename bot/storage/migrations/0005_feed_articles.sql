-- The articles that feeds have added, also of feeds that are no longer followed. A feed replaces and
-- removes these alone: any other article was added by somebody.

CREATE TABLE feed_articles (
    article    TEXT PRIMARY KEY,              -- its id in the library
    collection TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO feed_articles
    SELECT DISTINCT article, collection FROM feed_entries JOIN feeds ON feeds.key = feed
    WHERE article IS NOT NULL;
