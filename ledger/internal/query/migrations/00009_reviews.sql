-- Reviews are found by the article whose row they are of, and the machine's reading of an article with reviews is kept beside the rows
-- that hold, which are those of the other tables.
-- +goose Up
ALTER TABLE review ADD COLUMN article TEXT NOT NULL DEFAULT ''; -- '' for rows across articles, and for the undoing of a review
CREATE INDEX review_article ON review (article);
CREATE INDEX review_action ON review (action);
CREATE TABLE machine_reading (
    article TEXT PRIMARY KEY,
    content TEXT NOT NULL -- JSON of the reading, without the article's text
);
ALTER TABLE article ADD COLUMN given_outlet TEXT NOT NULL DEFAULT ''; -- the one it came with, of which its id is made
UPDATE article SET given_outlet = outlet;
