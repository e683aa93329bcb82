-- Periods are cut by articles' moments (see link.Moment): within a day too, where it has many articles.
-- +goose Up
ALTER TABLE article ADD COLUMN moment BIGINT NOT NULL DEFAULT 0;
DROP INDEX article_day;
CREATE INDEX article_moment ON article (newest, moment, id);
DROP TABLE changed_day;
-- The moments of which articles or readings have changed since periods were looked over.
CREATE TABLE changed (
    moment BIGINT PRIMARY KEY
);
DROP TABLE period;
CREATE TABLE period (
    from_moment BIGINT PRIMARY KEY,
    to_moment   BIGINT NOT NULL,
    articles    BIGINT NOT NULL,
    due         BIGINT NOT NULL -- 2: its rows are to be made; 1: what is counted in its rows; 0: nothing; -1: they are to be taken away
);
-- The rows that there are belong to periods that are no more.
INSERT INTO period (from_moment, to_moment, articles, due) SELECT DISTINCT period, period, 0, -1 FROM part;
INSERT INTO period (from_moment, to_moment, articles, due) SELECT DISTINCT period, period, 0, -1 FROM report WHERE period NOT IN (SELECT from_moment FROM period);
