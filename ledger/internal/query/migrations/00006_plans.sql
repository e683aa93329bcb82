-- Of several processes that link a ledger at once the last to plan goes on, and the language that an article came with is kept beside
-- the one that its text was found to be in.
-- +goose Up
ALTER TABLE state ADD COLUMN plan BIGINT NOT NULL DEFAULT 0; -- counts the plans of links
ALTER TABLE article ADD COLUMN given_language TEXT NOT NULL DEFAULT '';
UPDATE article SET given_language = language;
