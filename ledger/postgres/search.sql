-- The words of articles and statements, as SQLite's full text index has them, one space between two: the index finds which of them a text
-- has; where they stand, and how often, is looked for in the row. Seq is that of the article or statement.
CREATE TABLE article_search (
    seq    BIGINT PRIMARY KEY,
    title  TEXT NOT NULL,
    words  TEXT NOT NULL,
    length BIGINT NOT NULL -- words of both
);
CREATE INDEX article_search_words ON article_search USING gin (string_to_array(title || ' ' || words, ' '));
CREATE TABLE statement_search (
    seq    BIGINT PRIMARY KEY,
    title  TEXT NOT NULL, -- '': a statement has none
    words  TEXT NOT NULL,
    length BIGINT NOT NULL
);
CREATE INDEX statement_search_words ON statement_search USING gin (string_to_array(title || ' ' || words, ' '));
-- How many rows and words the tables above have.
CREATE TABLE search_total (
    kind   TEXT PRIMARY KEY,
    rows   BIGINT NOT NULL,
    length BIGINT NOT NULL
);
INSERT INTO search_total (kind, rows, length) VALUES ('article', 0, 0), ('statement', 0, 0);
