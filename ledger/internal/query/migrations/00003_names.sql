-- Speakers are found by their names from the beginning of any word on: alias has a row for each.
-- +goose Up
ALTER TABLE alias ADD COLUMN whole BOOLEAN NOT NULL DEFAULT TRUE; -- FALSE: a part of a name, from the beginning of a word to the end
DROP INDEX alias_folded;
CREATE INDEX alias_folded ON alias (folded, speaker, whole);
-- Which models the articles were read by.
CREATE INDEX article_model ON article (model, newest);
