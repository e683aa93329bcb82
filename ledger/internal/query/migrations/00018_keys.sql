-- Articles are found by what they have in common with later ones, and linked with these: see link.Later.
-- +goose Up
DROP INDEX article_moment;
CREATE INDEX article_moment ON article (moment, newest, id); -- SQLite finds by a column that is asked alone, newest, no row of an index
CREATE TABLE article_key (
    key    BIGINT NOT NULL,
    moment BIGINT NOT NULL, -- of the current articles that have it
    PRIMARY KEY (key, moment)
);
CREATE INDEX article_key_moment ON article_key (moment, key);
-- The moments of later articles that those of a period are linked with.
CREATE TABLE later (
    moment BIGINT NOT NULL,
    period BIGINT NOT NULL,
    PRIMARY KEY (moment, period)
);
CREATE INDEX later_period ON later (period, moment);
DROP TABLE claimed;
-- What the rows of a period have of later articles, by kind: see link.Claimed.
CREATE TABLE claimed (
    moment BIGINT NOT NULL, -- of the article
    period BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    member TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (moment, period, kind, member)
);
CREATE INDEX claimed_period ON claimed (period);
ALTER TABLE changed ADD COLUMN keyed BOOLEAN NOT NULL DEFAULT FALSE; -- article_key has what the articles have in common
-- All is to be linked again, in other periods.
INSERT INTO changed (moment) SELECT DISTINCT moment FROM article WHERE newest ON CONFLICT (moment) DO UPDATE SET keyed = FALSE;
UPDATE period SET due = -1;
UPDATE state SET linked = -1, link_model = '' WHERE id = 1;
