-- The texts of sentences are stored rather than cut out of their articles. SQLite reads a whole
-- article for each slice of it, so indexing and removing a long one took time quadratic in its length.

DROP TRIGGER sentences_into_fts;
DROP TRIGGER sentences_out_of_fts;
DROP TRIGGER sentences_into_exact_fts;
DROP TRIGGER sentences_out_of_exact_fts;

CREATE TABLE stored_texts (
    key  INTEGER PRIMARY KEY REFERENCES sentences ON DELETE CASCADE,
    text TEXT NOT NULL                      -- the slice of the article from start to end
);
INSERT INTO stored_texts
    SELECT json_extract(sliced.value, '$[0]'), json_extract(sliced.value, '$[1]')
    FROM articles AS a, json_each(slices(a.text, (  -- a function of database.py
        SELECT json_group_array(json_array(key, start, "end")) FROM sentences WHERE article = a.key
    ))) AS sliced;
DROP VIEW sentence_texts;
ALTER TABLE stored_texts RENAME TO sentence_texts;

-- There is none for inserting: FTS5 would write each sentence to disk as a segment of its own, so
-- insert_sentences in rows.py indexes all sentences of an article at once.
CREATE TRIGGER sentence_texts_unindexed AFTER DELETE ON sentence_texts BEGIN
    INSERT INTO sentences_fts (sentences_fts, rowid, text) VALUES ('delete', old.key, old.text);
    INSERT INTO exact_fts (exact_fts, rowid, text) VALUES ('delete', old.key, old.text);
END;
