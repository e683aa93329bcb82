-- Rows of links carry a digest of what is in them: one that has not changed is not written again. What is known of the parts of a speaker
-- names the part only: which speaker it is part of stands in part, once (views of version 15).
-- +goose Up
ALTER TABLE copy ADD COLUMN digest BIGINT NOT NULL DEFAULT 0; -- 0: to be written again
ALTER TABLE report ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE utterance ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE measure ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dispute ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE part ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE speaker ADD COLUMN digest BIGINT NOT NULL DEFAULT 0;
DROP INDEX part_name;
ALTER TABLE part DROP COLUMN ordinal;
CREATE INDEX part_name ON part (name);
-- Which speakers of articles a part is made of.
DROP INDEX speaker_link_speaker;
DROP INDEX speaker_link_part;
ALTER TABLE speaker_link RENAME TO part_member;
ALTER TABLE part_member DROP COLUMN speaker;
CREATE INDEX part_member_part ON part_member (part, article_speaker);
-- What the speakers of a part said, newest in print first.
CREATE TABLE part_spoken (
    part      TEXT NOT NULL,
    back      BIGINT NOT NULL, -- the article's day, counted back, so that the last comes first
    article   TEXT NOT NULL,
    ordinal   BIGINT NOT NULL,
    outlet    TEXT NOT NULL,
    stance    TEXT NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (part, back, article, ordinal)
);
DROP TABLE spoken;
-- Where the speakers of a part are only spoken of: articles that name them and have no statement of theirs, newest in print first.
CREATE TABLE part_spoken_of (
    part            TEXT NOT NULL,
    back            BIGINT NOT NULL,
    article         TEXT NOT NULL,
    article_speaker TEXT NOT NULL,
    PRIMARY KEY (part, back, article, article_speaker)
);
DROP TABLE spoken_of;
-- All is to be linked again.
UPDATE state SET linked = -1, link_model = '' WHERE id = 1;
