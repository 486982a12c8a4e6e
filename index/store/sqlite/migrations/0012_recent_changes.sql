-- What was added or corrected in a period is found without reading every article.

CREATE INDEX articles_by_addition ON articles (collection, added_at);
CREATE INDEX former_articles_by_date ON former_articles (until);
