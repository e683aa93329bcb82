-- Who is which speaker across articles, what speakers said, and where they are only spoken of, joined through their parts.
-- +goose Up
CREATE VIEW speaker_link AS SELECT m.article_speaker, p.speaker, m.part FROM part_member m JOIN part p ON p.id = m.part;
CREATE VIEW spoken AS SELECT p.speaker, x.back, x.article, x.ordinal, x.outlet, x.stance, x.statement FROM part p JOIN part_spoken x ON x.part = p.id;
CREATE VIEW spoken_of AS SELECT p.speaker, x.back, x.article, x.article_speaker FROM part p JOIN part_spoken_of x ON x.part = p.id;
