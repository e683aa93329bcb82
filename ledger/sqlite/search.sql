-- The full text index of SQLite (FTS5): the words of articles and statements, kept in step by triggers. The texts themselves stay
-- in article and statement; the index finds them by seq.
CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = 'article', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE statement_search USING fts5 (words, content = 'statement', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER article_search_insert AFTER INSERT ON article BEGIN
    INSERT INTO article_search (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER article_search_delete AFTER DELETE ON article BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
END;
CREATE TRIGGER article_search_update AFTER UPDATE OF title, text ON article WHEN old.title <> new.title OR old.text <> new.text BEGIN
    INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
    INSERT INTO article_search (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER statement_search_insert AFTER INSERT ON statement BEGIN
    INSERT INTO statement_search (rowid, words) VALUES (new.seq, new.words);
END;
CREATE TRIGGER statement_search_delete AFTER DELETE ON statement BEGIN
    INSERT INTO statement_search (statement_search, rowid, words) VALUES ('delete', old.seq, old.words);
END;
INSERT INTO article_search (article_search, rank) VALUES ('rank', 'bm25(4.0, 1.0)'); -- a title's word counts four times
INSERT INTO article_search (article_search) VALUES ('rebuild');
INSERT INTO statement_search (statement_search) VALUES ('rebuild');
