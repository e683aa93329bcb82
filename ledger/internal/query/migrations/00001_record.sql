-- The record, in the SQL that SQLite and PostgreSQL share: TEXT, BIGINT, BOOLEAN, DOUBLE PRECISION. Instants are microseconds
-- since 1970 in UTC, NULL where unknown; spans are bytes of the article's text, "12-34 56-78"; lists of words are JSON.
-- Rows of readings (statement to aside) belong to their article and are replaced with it. Rows of links (copy to side) are made and
-- replaced a period of days at a time; they name rows of readings without a foreign key, as a new reading may come before new links.
-- Every row made by a machine carries the version of its model and, where the machine has one, a confidence.
-- +goose Up
CREATE TABLE state (
    id         BIGINT PRIMARY KEY, -- always 1
    generation BIGINT NOT NULL,    -- counts the changes of articles and readings
    linked     BIGINT NOT NULL,    -- the generation that the links were made from, -1 for none
    link_model TEXT NOT NULL
);
INSERT INTO state (id, generation, linked, link_model) VALUES (1, 0, -1, '');

CREATE TABLE article (
    id                  TEXT PRIMARY KEY,
    seq                 BIGINT NOT NULL UNIQUE, -- order of arrival, from 1
    place               TEXT NOT NULL,          -- where versions of one article meet; '' where texts have no versions
    version             BIGINT NOT NULL,        -- 1 for the first text at its place
    newest              BOOLEAN NOT NULL,
    external_id         TEXT NOT NULL,
    url                 TEXT NOT NULL,
    outlet              TEXT NOT NULL,
    title               TEXT NOT NULL,
    byline              TEXT NOT NULL,
    published           TEXT NOT NULL,
    published_precision TEXT NOT NULL,
    published_basis     TEXT NOT NULL,
    published_day       BIGINT,
    language            TEXT NOT NULL,
    text                TEXT NOT NULL,
    file                TEXT NOT NULL,
    line                BIGINT NOT NULL,
    model               TEXT NOT NULL,
    digest              TEXT NOT NULL
);
CREATE INDEX article_place ON article (place, version);
CREATE INDEX article_day ON article (published_day, newest, id);
CREATE INDEX article_outlet ON article (outlet, published_day);

CREATE TABLE statement (
    id         TEXT PRIMARY KEY,
    seq        BIGINT NOT NULL UNIQUE, -- article.seq * 2^20 + ordinal
    article    TEXT NOT NULL REFERENCES article (id),
    ordinal    BIGINT NOT NULL,
    parent     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    source     TEXT NOT NULL,
    cue        TEXT NOT NULL,
    content    TEXT NOT NULL,
    words      TEXT NOT NULL, -- the content's text
    speaker    TEXT NOT NULL, -- article_speaker
    speaker_confidence DOUBLE PRECISION NOT NULL,
    addressee  TEXT NOT NULL,
    relays     TEXT NOT NULL,
    stance     TEXT NOT NULL,
    denied     TEXT NOT NULL,
    said_from  BIGINT,
    said_to    BIGINT,
    said_basis TEXT NOT NULL,
    headline   BOOLEAN NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL
);
CREATE INDEX statement_article ON statement (article, ordinal);
CREATE INDEX statement_speaker ON statement (speaker);

CREATE TABLE figure (
    id          TEXT PRIMARY KEY,
    article     TEXT NOT NULL REFERENCES article (id),
    ordinal     BIGINT NOT NULL,
    span_start  BIGINT NOT NULL,
    span_end    BIGINT NOT NULL,
    low         DOUBLE PRECISION NOT NULL,
    high        DOUBLE PRECISION NOT NULL,
    comparator  TEXT NOT NULL,
    change      TEXT NOT NULL,
    unit        TEXT NOT NULL,
    thing       TEXT NOT NULL,
    thing_start BIGINT NOT NULL,
    thing_end   BIGINT NOT NULL,
    share_of    TEXT NOT NULL,
    role        TEXT NOT NULL,
    as_of_from  BIGINT,
    as_of_to    BIGINT,
    as_of_basis TEXT NOT NULL,
    vague       BOOLEAN NOT NULL,
    statement   TEXT NOT NULL,
    conversion_of TEXT NOT NULL, -- the figure that this one gives again in another unit, or ''
    confidence  DOUBLE PRECISION NOT NULL,
    model       TEXT NOT NULL
);
CREATE INDEX figure_article ON figure (article, ordinal);

CREATE TABLE time (
    id             TEXT PRIMARY KEY,
    article        TEXT NOT NULL REFERENCES article (id),
    ordinal        BIGINT NOT NULL,
    span_start     BIGINT NOT NULL,
    span_end       BIGINT NOT NULL,
    timex          TEXT NOT NULL,
    interval_from  BIGINT,
    interval_to    BIGINT,
    interval_basis TEXT NOT NULL,
    grain          TEXT NOT NULL,
    kind           TEXT NOT NULL,
    basis          TEXT NOT NULL,
    confidence     DOUBLE PRECISION NOT NULL,
    model          TEXT NOT NULL
);
CREATE INDEX time_article ON time (article, ordinal);

-- The speakers that one article's reading finds, and the aliases that its text teaches.
CREATE TABLE article_speaker (
    id         TEXT PRIMARY KEY,
    article    TEXT NOT NULL REFERENCES article (id),
    ordinal    BIGINT NOT NULL,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    aliases    TEXT NOT NULL,
    roles      TEXT NOT NULL,
    state      TEXT NOT NULL,
    spans      TEXT NOT NULL,
    unnamed    TEXT NOT NULL,
    anonymity  TEXT NOT NULL,
    learned    TEXT NOT NULL, -- JSON: [{"Name","Alias","Article","Span":{"Start","End"}}]
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL
);
CREATE INDEX article_speaker_article ON article_speaker (article, ordinal);

CREATE TABLE aside (
    article    TEXT NOT NULL REFERENCES article (id),
    ordinal    BIGINT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end   BIGINT NOT NULL,
    kind       TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    PRIMARY KEY (article, ordinal)
);

-- The periods that links are made in (see link.Period), in days since 1970. A row of links carries the first day of its period.
CREATE TABLE period (
    from_day BIGINT PRIMARY KEY,
    days     BIGINT NOT NULL,
    due      BIGINT NOT NULL -- 2: its rows are to be made; 1: what is counted in its rows; 0: nothing
);
-- The days, as article has them, of which articles or readings have changed since periods were looked over.
CREATE TABLE changed_day (
    day BIGINT PRIMARY KEY
);
-- What the rows of a period have of the next, by kind: see link.Taken.
CREATE TABLE taken (
    period BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    member TEXT NOT NULL,
    name   TEXT NOT NULL,
    PRIMARY KEY (period, kind, member)
);
-- Rows of links that are gone, with what was in them, until it is clear where that went.
CREATE TABLE gone (
    id     TEXT NOT NULL,
    member TEXT NOT NULL,
    PRIMARY KEY (id, member)
);
-- Where to look for a row that is gone: the row that has most of it now.
CREATE TABLE redirect (
    id     TEXT PRIMARY KEY,
    target TEXT NOT NULL
);
CREATE INDEX redirect_target ON redirect (target);

CREATE TABLE copy (
    id         TEXT PRIMARY KEY,
    article    TEXT NOT NULL,
    origin     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    share      DOUBLE PRECISION NOT NULL,
    passages   TEXT NOT NULL, -- "start-end start-end ..." of the article and the origin in turn
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX copy_period ON copy (period);
CREATE INDEX copy_article ON copy (article);
CREATE INDEX copy_origin ON copy (origin);

CREATE TABLE report (
    id         TEXT PRIMARY KEY,
    origin     TEXT NOT NULL,
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX report_period ON report (period);
CREATE TABLE report_article (
    report  TEXT NOT NULL REFERENCES report (id),
    ordinal BIGINT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (report, ordinal)
);
CREATE INDEX report_article_article ON report_article (article, report);

-- The counts and outlets of a story, and the counts of a speaker, are those of the readings that the links were made from.
CREATE TABLE story (
    id         TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    reports    BIGINT NOT NULL,
    first_day  BIGINT,
    last_day   BIGINT,
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    outlets    TEXT NOT NULL,
    articles   BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    figures    BIGINT NOT NULL,
    new_figures BIGINT NOT NULL, -- numbers that stand in an article of its last day and in none before
    speakers   BIGINT NOT NULL,
    disputes   BIGINT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX story_period ON story (period);
CREATE INDEX story_last_day ON story (last_day DESC, id, first_day);
CREATE TABLE story_article (
    story   TEXT NOT NULL REFERENCES story (id),
    ordinal BIGINT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (story, ordinal)
);
CREATE INDEX story_article_article ON story_article (article, story);
-- What stories can be chosen by: "outlet NAME" and "language TAG" of an article, "speaker ID" of somebody who speaks in it.
CREATE TABLE story_key (
    value TEXT NOT NULL,
    story TEXT NOT NULL REFERENCES story (id),
    PRIMARY KEY (value, story)
);
CREATE INDEX story_key_story ON story_key (story);
-- The numbers of rows in stories, as they were linked last.
CREATE TABLE total (
    kind TEXT PRIMARY KEY,
    rows BIGINT NOT NULL
);

-- The speakers across articles, and which speaker of one article is which of them.
CREATE TABLE speaker (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    aliases    TEXT NOT NULL,
    roles      TEXT NOT NULL,
    state      TEXT NOT NULL,
    learned    TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    external   TEXT NOT NULL, -- id in a table of speakers
    tenures    TEXT NOT NULL, -- JSON: [{"Role","From","To","Basis"}]
    leads      TEXT NOT NULL, -- JSON: [{"Speaker","Basis","Confidence"}]
    basis      TEXT NOT NULL,
    statements BIGINT NOT NULL,
    articles   BIGINT NOT NULL, -- with a statement
    spoken_of  BIGINT NOT NULL, -- articles that name it and have no statement of its
    united     TEXT NOT NULL DEFAULT '' -- the name that its parts have in common
);
CREATE INDEX speaker_united ON speaker (united);
CREATE INDEX speaker_statements ON speaker (statements DESC, spoken_of DESC, name, id);
-- Speakers across the articles of one period: see link.Part.
CREATE TABLE part (
    id         TEXT PRIMARY KEY,
    period     BIGINT NOT NULL,
    ordinal    BIGINT NOT NULL,
    name       TEXT NOT NULL, -- parts of one name may be one speaker; '' for one that is a speaker by itself
    speaker    TEXT NOT NULL, -- '' until it is united
    statements BIGINT NOT NULL,
    articles   BIGINT NOT NULL,
    spoken_of  BIGINT NOT NULL,
    content    TEXT NOT NULL -- JSON
);
CREATE INDEX part_period ON part (period);
CREATE INDEX part_name ON part (name, period, ordinal);
CREATE INDEX part_speaker ON part (speaker);
-- The names whose parts are to be united.
CREATE TABLE due_name (
    name TEXT PRIMARY KEY
);
-- The table of speakers that a person gave: JSON of onrecord.Speaker, in the table's order.
CREATE TABLE known_speaker (
    ordinal BIGINT PRIMARY KEY,
    content TEXT NOT NULL
);
CREATE TABLE speaker_link (
    article_speaker TEXT PRIMARY KEY,
    speaker         TEXT NOT NULL, -- '' until its part is united
    part            TEXT NOT NULL DEFAULT ''
);
CREATE INDEX speaker_link_part ON speaker_link (part);
CREATE INDEX speaker_link_speaker ON speaker_link (speaker, article_speaker);
CREATE TABLE alias (
    speaker TEXT NOT NULL REFERENCES speaker (id),
    folded  TEXT NOT NULL, -- a name or alias in lower case, its words between single spaces, a space before each
    PRIMARY KEY (speaker, folded)
);
CREATE INDEX alias_folded ON alias (folded);

CREATE TABLE utterance (
    id         TEXT PRIMARY KEY,
    speaker    TEXT NOT NULL,
    wording    TEXT NOT NULL,
    first_day  BIGINT,
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX utterance_period ON utterance (period);
CREATE TABLE rendition (
    utterance TEXT NOT NULL REFERENCES utterance (id),
    ordinal   BIGINT NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (utterance, ordinal)
);
CREATE INDEX rendition_statement ON rendition (statement, utterance);
CREATE TABLE drift (
    utterance TEXT NOT NULL REFERENCES utterance (id),
    ordinal   BIGINT NOT NULL,
    statement TEXT NOT NULL,
    kind      TEXT NOT NULL,
    was       TEXT NOT NULL,
    became    TEXT NOT NULL,
    PRIMARY KEY (utterance, ordinal)
);

CREATE TABLE measure (
    id         TEXT PRIMARY KEY,
    label      TEXT NOT NULL,
    unit       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX measure_period ON measure (period);
CREATE TABLE answer (
    measure    TEXT NOT NULL REFERENCES measure (id),
    ordinal    BIGINT NOT NULL,
    figure     TEXT NOT NULL,
    complement BOOLEAN NOT NULL,
    PRIMARY KEY (measure, ordinal)
);
CREATE INDEX answer_figure ON answer (figure, measure);

CREATE TABLE dispute (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    model      TEXT NOT NULL,
    period     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX dispute_period ON dispute (period);
CREATE TABLE side (
    dispute TEXT NOT NULL REFERENCES dispute (id),
    side    BIGINT NOT NULL, -- 0 or 1
    ordinal BIGINT NOT NULL,
    member  TEXT NOT NULL,   -- a statement, or a figure
    PRIMARY KEY (dispute, side, ordinal)
);
CREATE INDEX side_member ON side (member, dispute);

-- What speakers said, newest in print first: a list that grows long, put in order when it is linked.
CREATE TABLE spoken (
    speaker   TEXT NOT NULL,
    back      BIGINT NOT NULL, -- the article's day, counted back, so that the last comes first
    article   TEXT NOT NULL,
    ordinal   BIGINT NOT NULL,
    outlet    TEXT NOT NULL,
    stance    TEXT NOT NULL,
    statement TEXT NOT NULL,
    part      TEXT NOT NULL,
    PRIMARY KEY (speaker, back, article, ordinal, outlet, stance, statement) -- the list is read from the index alone
);
CREATE INDEX spoken_part ON spoken (part);
-- Where speakers are only spoken of: articles that name them and have no statement of theirs, newest in print first.
CREATE TABLE spoken_of (
    speaker         TEXT NOT NULL,
    back            BIGINT NOT NULL,
    article         TEXT NOT NULL,
    article_speaker TEXT NOT NULL,
    part            TEXT NOT NULL,
    PRIMARY KEY (speaker, back, article, article_speaker)
);
CREATE INDEX spoken_of_part ON spoken_of (part);
CREATE TABLE speaker_dispute (
    speaker TEXT NOT NULL,
    dispute TEXT NOT NULL REFERENCES dispute (id),
    PRIMARY KEY (speaker, dispute)
);
CREATE INDEX speaker_dispute_dispute ON speaker_dispute (dispute);

-- What the last read refused, the first of it: no rows of the record, but what its reader has to know.
CREATE TABLE refusal (
    ordinal BIGINT PRIMARY KEY, -- from 0
    file    TEXT NOT NULL,
    line    BIGINT NOT NULL,    -- 0 for the whole file
    reason  TEXT NOT NULL
);

-- What people said of rows. A review names its row by id and no more: ids derive from content, so a new reading that finds the
-- row again finds its reviews too, and one that does not find it leaves them kept. Of several reviews of one row the latest
-- (by instant, then by arrival) holds; it goes before what the machine says, and the machine's row stays as it is.
CREATE TABLE review (
    id      TEXT PRIMARY KEY,
    seq     BIGINT NOT NULL UNIQUE, -- order of arrival, from 1
    subject TEXT NOT NULL,          -- id of the row
    action  TEXT NOT NULL,
    person  TEXT NOT NULL,
    reason  TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    was     TEXT NOT NULL,
    became  TEXT NOT NULL
);
CREATE INDEX review_subject ON review (subject, made_at, seq);
