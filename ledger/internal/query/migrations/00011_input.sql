-- What reads have begun to read and not read to its end, and tables by the names that their rows go by.
-- +goose Up
CREATE TABLE unfinished (
    input TEXT PRIMARY KEY -- a file, folder or address
);
ALTER TABLE taken RENAME TO claimed;
ALTER TABLE gone RENAME TO retired;
