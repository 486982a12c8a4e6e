-- The sentences removed since their collection's FAISS index was last saved, so that the index can
-- remove them without comparing all keys.

CREATE TABLE removed_sentences (
    sentence   INTEGER PRIMARY KEY,
    collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE
);
CREATE INDEX removed_sentences_by_collection ON removed_sentences (collection);
CREATE TRIGGER sentences_noted AFTER DELETE ON sentences BEGIN
    INSERT INTO removed_sentences VALUES (old.key, old.collection);
END;
