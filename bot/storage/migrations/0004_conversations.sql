-- The turn of the conversation before a question, and the one that its answer makes: the question as
-- it was searched, the articles that answered it, and how well articles fit the conversation.

ALTER TABLE exchanges ADD COLUMN previous TEXT NOT NULL DEFAULT '';
ALTER TABLE exchanges ADD COLUMN turn     TEXT NOT NULL DEFAULT '';

UPDATE exchanges SET previous =
    json_object('question', earlier, 'articles', json(near), 'scores', json('[]'));
UPDATE exchanges SET turn = CASE
    WHEN NOT found AND coalesce(certainty, 'none') = 'none' AND near <> '[]' THEN previous
    WHEN passages = '[]' THEN json_object(
        'question', searched, 'articles', json('[]'), 'scores', json('[]'))
    ELSE json_object(
        'question', searched,
        'articles', json_array(json_extract(passages, '$[0][0]')),
        'scores', json('[]'))
    END;

ALTER TABLE exchanges DROP COLUMN near;
ALTER TABLE exchanges DROP COLUMN earlier;
ALTER TABLE exchanges DROP COLUMN searched;
