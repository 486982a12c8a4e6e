-- The sentences that are not of their stories; see index/text/boilerplate.py. No question finds them,
-- so they are not in the FAISS indexes. Those of articles stored before are not here until these are
-- split anew. A row never comes to a sentence later: indexes are updated by the keys of sentences.

CREATE TABLE boilerplate (
    sentence   INTEGER PRIMARY KEY REFERENCES sentences ON DELETE CASCADE,
    collection INTEGER NOT NULL             -- the sentence's
);
CREATE INDEX boilerplate_by_collection ON boilerplate (collection);

-- Sentences are also split by new rules. This is here until those of all articles are.
INSERT INTO meta SELECT 'outdated_sentences', 1 WHERE EXISTS (SELECT 1 FROM articles);
