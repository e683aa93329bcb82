-- Whether somebody speaks in an article is looked up for each who is named there.
-- +goose Up
DROP INDEX spoken_part;
CREATE INDEX spoken_part ON spoken (part, article);
