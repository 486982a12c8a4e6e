-- Full-text search over sentences without stemming, for phrase search.

CREATE VIRTUAL TABLE exact_fts USING fts5 (
    text, content = 'sentence_texts', content_rowid = 'key',
    tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_into_exact_fts AFTER INSERT ON sentences BEGIN
    INSERT INTO exact_fts (rowid, text) SELECT key, text FROM sentence_texts WHERE key = new.key;
END;
CREATE TRIGGER sentences_out_of_exact_fts BEFORE DELETE ON sentences BEGIN
    INSERT INTO exact_fts (exact_fts, rowid, text)
        SELECT 'delete', key, text FROM sentence_texts WHERE key = old.key;
END;
INSERT INTO exact_fts (exact_fts) VALUES ('rebuild');
