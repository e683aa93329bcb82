-- The questions put to the ledger, in the SQL that SQLite and PostgreSQL share. A list of texts travels as one, in JSON, which picked
-- takes apart: see picked.sql.

-- name: State :one
SELECT * FROM state WHERE id = 1;

-- name: CountChange :exec
UPDATE state SET generation = generation + 1 WHERE id = 1;

-- name: SetLinked :exec
UPDATE state SET linked = @linked, link_model = @link_model WHERE id = 1;

-- name: NewPlan :one
UPDATE state SET plan = plan + 1 WHERE id = 1 RETURNING plan;

-- name: LastArticle :one
SELECT CAST(COALESCE(max(seq), 0) AS BIGINT) FROM article;

-- name: Digests :many
SELECT id, seq, digest, model FROM article WHERE id IN (SELECT picked(@ids));

-- name: Originals :many
SELECT * FROM article WHERE id IN (SELECT picked(@ids));

-- name: LastVersion :one
SELECT CAST(COALESCE(max(version), 0) AS BIGINT) FROM article WHERE place = @place;

-- name: Supersede :exec
UPDATE article SET newest = FALSE WHERE place = @place AND newest;

-- name: InsertArticle :exec
INSERT INTO article (id, seq, place, version, newest, external_id, url, outlet, title, byline, published, published_precision, published_basis, published_day, moment, language, given_language, given_outlet, text, file, line, model, digest)
VALUES (@id, @seq, @place, @version, @newest, @external_id, @url, @outlet, @title, @byline, @published, @published_precision, @published_basis, @published_day, @moment, @language, @given_language, @given_outlet, @text, @file, @line, @model, @digest);

-- name: UpdateArticle :exec
UPDATE article SET url = @url, text = @text, external_id = @external_id, outlet = @outlet, title = @title, byline = @byline, published = @published, published_precision = @published_precision, published_basis = @published_basis, published_day = @published_day, moment = @moment, language = @language, given_language = @given_language, given_outlet = @given_outlet, file = @file, line = @line, model = @model, digest = @digest
WHERE id = @id;

-- name: DeleteStatements :exec
DELETE FROM statement WHERE article = @article;

-- name: DeleteFigures :exec
DELETE FROM figure WHERE article = @article;

-- name: DeleteTimes :exec
DELETE FROM time WHERE article = @article;

-- name: DeleteArticleSpeakers :exec
DELETE FROM article_speaker WHERE article = @article;

-- name: DeleteAsides :exec
DELETE FROM aside WHERE article = @article;

-- name: ArticlesAfter :many
SELECT id FROM article WHERE newest AND id > @id ORDER BY id LIMIT @page;

-- name: Articles :many
SELECT sqlc.embed(a),
    CAST(COALESCE((SELECT min(x.story) FROM story_article x WHERE x.article = a.id), '') AS TEXT) AS story,
    CAST(COALESCE((SELECT min(x.report) FROM report_article x WHERE x.article = a.id), '') AS TEXT) AS report
FROM article a WHERE a.id IN (SELECT picked(@ids)) ORDER BY a.id;

-- name: TextSizes :many
SELECT id, octet_length(text) AS bytes FROM article WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: Heads :many
SELECT id, title, outlet, published, published_precision, published_basis FROM article WHERE id IN (SELECT picked(@ids));

-- name: TitlesAndTexts :many
SELECT id, title, text FROM article WHERE id IN (SELECT picked(@ids));

-- name: StatementWords :many
SELECT id, words FROM statement WHERE id IN (SELECT picked(@ids));

-- name: Versions :many
SELECT id, version, newest, external_id, url, outlet, title, byline, published, published_precision, published_basis, language, file, line
FROM article WHERE place = @place ORDER BY version;

-- name: Statements :many
SELECT * FROM statement WHERE article IN (SELECT picked(@ids)) ORDER BY article, ordinal;

-- name: Figures :many
SELECT * FROM figure WHERE article IN (SELECT picked(@ids)) ORDER BY article, ordinal;

-- name: Times :many
SELECT * FROM time WHERE article IN (SELECT picked(@ids)) ORDER BY article, ordinal;

-- name: ArticleSpeakers :many
SELECT * FROM article_speaker WHERE article IN (SELECT picked(@ids)) ORDER BY article, ordinal;

-- name: Asides :many
SELECT * FROM aside WHERE article IN (SELECT picked(@ids)) ORDER BY article, ordinal;

-- name: StatementRows :many
SELECT sqlc.embed(s),
    CAST(COALESCE(k.speaker, '') AS TEXT) AS across,
    CAST(COALESCE(g.name, p.name, '') AS TEXT) AS speaker_name,
    CAST(COALESCE(g.kind, p.kind, '') AS TEXT) AS speaker_kind,
    CAST(COALESCE(p.unnamed, '') AS TEXT) AS unnamed,
    CAST(COALESCE(p.anonymity, '') AS TEXT) AS anonymity,
    CAST(COALESCE((SELECT min(r.utterance) FROM rendition r WHERE r.statement = s.id), '') AS TEXT) AS utterance
FROM statement s LEFT JOIN article_speaker p ON p.id = s.speaker
    LEFT JOIN part_member m ON m.article_speaker = s.speaker LEFT JOIN part k ON k.id = m.part LEFT JOIN speaker g ON g.id = k.speaker
WHERE s.article IN (SELECT picked(@ids)) ORDER BY s.article, s.ordinal;

-- name: StatementsByID :many
SELECT sqlc.embed(s),
    CAST(COALESCE(k.speaker, '') AS TEXT) AS across,
    CAST(COALESCE(g.name, p.name, '') AS TEXT) AS speaker_name,
    CAST(COALESCE(g.kind, p.kind, '') AS TEXT) AS speaker_kind,
    CAST(COALESCE(p.unnamed, '') AS TEXT) AS unnamed,
    CAST(COALESCE(p.anonymity, '') AS TEXT) AS anonymity,
    CAST(COALESCE((SELECT min(r.utterance) FROM rendition r WHERE r.statement = s.id), '') AS TEXT) AS utterance
FROM statement s LEFT JOIN article_speaker p ON p.id = s.speaker
    LEFT JOIN part_member m ON m.article_speaker = s.speaker LEFT JOIN part k ON k.id = m.part LEFT JOIN speaker g ON g.id = k.speaker
WHERE s.id IN (SELECT picked(@ids)) ORDER BY s.id;

-- name: StatementsAfter :many
SELECT s.id FROM statement s JOIN article a ON a.id = s.article WHERE a.newest AND s.id > @id ORDER BY s.id LIMIT @page;

-- name: StatementsOfSpeaker :many
SELECT statement FROM spoken
WHERE speaker = @speaker AND (CAST(@outlet AS TEXT) = '' OR outlet = CAST(@outlet AS TEXT)) AND (CAST(@stance AS TEXT) = '' OR stance = CAST(@stance AS TEXT))
ORDER BY back, article, ordinal LIMIT @page OFFSET @skip;

-- name: SpokenOf :many
SELECT outlet, stance, count(*) AS statements FROM spoken WHERE speaker = @speaker GROUP BY outlet, stance ORDER BY outlet, stance;

-- name: FigureRows :many
SELECT sqlc.embed(f),
    CAST(COALESCE((SELECT min(w.measure) FROM answer w WHERE w.figure = f.id), '') AS TEXT) AS measure,
    EXISTS (SELECT 1 FROM answer w WHERE w.figure = f.id AND w.complement
        AND w.measure = (SELECT min(v.measure) FROM answer v WHERE v.figure = f.id)) AS complement
FROM figure f WHERE f.article IN (SELECT picked(@ids)) ORDER BY f.article, f.ordinal;

-- name: FiguresByID :many
SELECT sqlc.embed(f),
    CAST(COALESCE((SELECT min(w.measure) FROM answer w WHERE w.figure = f.id), '') AS TEXT) AS measure,
    EXISTS (SELECT 1 FROM answer w WHERE w.figure = f.id AND w.complement
        AND w.measure = (SELECT min(v.measure) FROM answer v WHERE v.figure = f.id)) AS complement
FROM figure f WHERE f.id IN (SELECT picked(@ids)) ORDER BY f.id;

-- name: ConversionsOf :many
SELECT c.id FROM figure f JOIN figure c ON c.article = f.article AND c.conversion_of = f.id
WHERE f.id IN (SELECT picked(@ids)) ORDER BY c.id;

-- name: FiguresAfter :many
SELECT f.id FROM figure f JOIN article a ON a.id = f.article WHERE a.newest AND f.id > @id ORDER BY f.id LIMIT @page;

-- name: TimesByID :many
SELECT * FROM time WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: TimesAfter :many
SELECT t.id FROM time t JOIN article a ON a.id = t.article WHERE a.newest AND t.id > @id ORDER BY t.id LIMIT @page;

-- name: CopiesAfter :many
SELECT id FROM copy WHERE id > @id ORDER BY id LIMIT @page;

-- name: CopiesOf :many
SELECT id FROM copy WHERE article IN (SELECT picked(@ids)) UNION SELECT id FROM copy WHERE origin IN (SELECT picked(@ids)) ORDER BY id;

-- name: Copies :many
SELECT * FROM copy WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: ReportsOf :many
SELECT DISTINCT report FROM report_article WHERE article IN (SELECT picked(@ids)) ORDER BY report;

-- name: Reports :many
SELECT * FROM report WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: ReportArticles :many
SELECT * FROM report_article WHERE report IN (SELECT picked(@ids)) ORDER BY report, ordinal;

-- name: StoriesAfter :many
SELECT id FROM story WHERE id > @id ORDER BY id LIMIT @page;

-- name: StoriesByID :many
SELECT * FROM story WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: StoryArticles :many
SELECT * FROM story_article WHERE story IN (SELECT picked(@ids)) ORDER BY story, ordinal;

-- name: Stories :many
SELECT id FROM story e
WHERE (CAST(@outlet AS TEXT) = '' OR e.id IN (SELECT k.story FROM story_key k WHERE k.value = CAST(@outlet AS TEXT)))
    AND (CAST(@language AS TEXT) = '' OR e.id IN (SELECT k.story FROM story_key k WHERE k.value = CAST(@language AS TEXT)))
    AND (CAST(@any_speaker AS BOOLEAN) OR e.id IN (SELECT k.story FROM story_key k WHERE k.value IN (SELECT picked(@speakers))))
    AND (CAST(@any_day AS BOOLEAN) OR (e.last_day >= CAST(@from_day AS BIGINT) AND e.first_day < CAST(@to_day AS BIGINT)))
ORDER BY e.last_day DESC NULLS LAST, e.id LIMIT @page OFFSET @skip;

-- name: CountStories :one
SELECT count(*) FROM story e
WHERE (CAST(@outlet AS TEXT) = '' OR e.id IN (SELECT k.story FROM story_key k WHERE k.value = CAST(@outlet AS TEXT)))
    AND (CAST(@language AS TEXT) = '' OR e.id IN (SELECT k.story FROM story_key k WHERE k.value = CAST(@language AS TEXT)))
    AND (CAST(@any_speaker AS BOOLEAN) OR e.id IN (SELECT k.story FROM story_key k WHERE k.value IN (SELECT picked(@speakers))))
    AND (CAST(@any_day AS BOOLEAN) OR (e.last_day >= CAST(@from_day AS BIGINT) AND e.first_day < CAST(@to_day AS BIGINT)));

-- name: SpeakersCalled :many
SELECT p.id FROM speaker p WHERE p.id IN (
    SELECT CAST(@speaker AS TEXT) UNION SELECT n.speaker FROM alias n WHERE n.folded >= CAST(@named AS TEXT) AND n.folded < CAST(@named_end AS TEXT))
ORDER BY p.statements DESC, p.spoken_of DESC, p.name, p.id LIMIT @page;

-- name: SpeakersAfter :many
SELECT id FROM speaker WHERE id > @id ORDER BY id LIMIT @page;

-- name: SpeakersByID :many
SELECT * FROM speaker WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: SpeakersOf :many
SELECT DISTINCT k.speaker FROM article_speaker p JOIN speaker_link k ON k.article_speaker = p.id WHERE p.article IN (SELECT picked(@ids)) ORDER BY k.speaker;

-- name: SpeakersIn :many
SELECT DISTINCT k.speaker FROM statement s JOIN speaker_link k ON k.article_speaker = s.speaker WHERE s.article IN (SELECT picked(@ids)) ORDER BY k.speaker;

-- name: Speakers :many
SELECT * FROM speaker p WHERE p.statements >= CAST(@least AS BIGINT) AND p.statements <= CAST(@most AS BIGINT)
ORDER BY p.statements DESC, p.spoken_of DESC, p.name, p.id LIMIT @page OFFSET @skip;

-- name: SpeakersNamed :many
SELECT * FROM speaker p WHERE p.id IN (SELECT n.speaker FROM alias n WHERE n.folded >= CAST(@named AS TEXT) AND n.folded < CAST(@named_end AS TEXT))
    AND p.statements >= CAST(@least AS BIGINT) AND p.statements <= CAST(@most AS BIGINT)
ORDER BY p.statements DESC, p.spoken_of DESC, p.name, p.id LIMIT @page OFFSET @skip;

-- name: SpeakersCalledSo :many
SELECT * FROM speaker p WHERE p.id IN (SELECT n.speaker FROM alias n WHERE n.folded = CAST(@folded AS TEXT) AND n.whole)
ORDER BY p.statements DESC, p.spoken_of DESC, p.name, p.id LIMIT @page;

-- name: SpokenOfWhere :many
SELECT o.article, n.spans FROM spoken_of o JOIN article_speaker n ON n.id = o.article_speaker
WHERE o.speaker = @speaker ORDER BY o.back, o.article, o.article_speaker LIMIT @page OFFSET @skip;

-- name: UtterancesAfter :many
SELECT id FROM utterance WHERE id > @id ORDER BY id LIMIT @page;

-- name: UtterancesOf :many
SELECT DISTINCT r.utterance FROM statement s JOIN rendition r ON r.statement = s.id WHERE s.article IN (SELECT picked(@ids)) ORDER BY r.utterance;

-- name: Utterances :many
SELECT sqlc.embed(u), CAST(COALESCE((SELECT k.speaker FROM speaker_link k WHERE k.article_speaker = u.speaker), u.speaker) AS TEXT) AS across
FROM utterance u WHERE u.id IN (SELECT picked(@ids)) ORDER BY u.id;

-- name: Renditions :many
SELECT * FROM rendition WHERE utterance IN (SELECT picked(@ids)) ORDER BY utterance, ordinal;

-- name: Drifts :many
SELECT * FROM drift WHERE utterance IN (SELECT picked(@ids)) ORDER BY utterance, ordinal;

-- name: MeasuresAfter :many
SELECT id FROM measure WHERE id > @id ORDER BY id LIMIT @page;

-- name: MeasuresOf :many
SELECT DISTINCT w.measure FROM figure f JOIN answer w ON w.figure = f.id WHERE f.article IN (SELECT picked(@ids)) ORDER BY w.measure;

-- name: Measures :many
SELECT * FROM measure WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: Answers :many
SELECT * FROM answer WHERE measure IN (SELECT picked(@ids)) ORDER BY measure, ordinal;

-- name: DisputesAfter :many
SELECT id FROM dispute WHERE id > @id ORDER BY id LIMIT @page;

-- name: DisputesOf :many
SELECT d.dispute FROM statement s JOIN side d ON d.member = s.id WHERE s.article IN (SELECT picked(@ids))
UNION SELECT d.dispute FROM figure f JOIN side d ON d.member = f.id WHERE f.article IN (SELECT picked(@ids)) ORDER BY 1;

-- name: DisputesOfSpeaker :many
SELECT dispute FROM speaker_dispute WHERE speaker = @speaker ORDER BY dispute LIMIT @page OFFSET @skip;

-- name: CountDisputesOfSpeaker :one
SELECT count(*) FROM speaker_dispute WHERE speaker = @speaker;

-- name: Disputes :many
SELECT * FROM dispute WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: Sides :many
SELECT * FROM side WHERE dispute IN (SELECT picked(@ids)) ORDER BY dispute, side, ordinal;

-- Making links: a period at a time. Rows of one kind that belong to a period are taken away by pieces.go.

-- name: Moments :many
SELECT moment FROM article WHERE newest AND moment >= @from_moment AND moment < @to_moment ORDER BY moment;

-- name: SetMoment :exec
UPDATE article SET moment = @moment WHERE id = @id;

-- name: ChangeMoments :exec
INSERT INTO changed (moment) SELECT DISTINCT moment FROM article WHERE id IN (SELECT picked(@ids)) ON CONFLICT (moment) DO UPDATE SET keyed = FALSE;

-- name: ChangeMomentOfPlace :exec
INSERT INTO changed (moment) SELECT DISTINCT moment FROM article WHERE place = @place AND newest ON CONFLICT (moment) DO UPDATE SET keyed = FALSE;

-- name: Changed :many
SELECT moment FROM changed ORDER BY moment;

-- name: ChangedNotKeyed :many
SELECT moment FROM changed WHERE NOT keyed ORDER BY moment LIMIT @page;

-- name: SetKeyed :exec
UPDATE changed SET keyed = TRUE WHERE moment = @moment;

-- name: TextsAt :many
SELECT id, text FROM article WHERE newest AND moment = @moment ORDER BY id;

-- name: ArticlesAt :many
SELECT id FROM article WHERE newest AND moment = @moment ORDER BY id;

-- name: KeysAt :many
SELECT key FROM article_key WHERE moment = @moment ORDER BY key;

-- name: DropKeysAt :exec
DELETE FROM article_key WHERE moment = @moment;

-- name: KeysOfPeriod :many
SELECT moment, key FROM article_key WHERE moment >= @from_moment AND moment < @to_moment ORDER BY moment, key;

-- name: MomentsAfter :many
SELECT moment FROM article_key WHERE key = @key AND moment >= @from_moment ORDER BY moment LIMIT @page;

-- name: MomentsBefore :many
SELECT moment FROM article_key WHERE key = @key AND moment < @moment ORDER BY moment DESC LIMIT @page;

-- name: DuePeriodOf :exec
UPDATE period SET due = @due WHERE period.due >= 0 AND period.due < @due AND period.from_moment = (SELECT max(b.from_moment) FROM period b WHERE b.from_moment <= @moment);

-- name: DuePeriodsWith :exec
UPDATE period SET due = @due WHERE period.due >= 0 AND period.due < @due AND period.from_moment IN (SELECT l.period FROM later l WHERE l.moment = @moment);

-- name: PeriodsWith :many
SELECT b.from_moment FROM period b WHERE b.due >= 0 AND b.from_moment = (SELECT max(h.from_moment) FROM period h WHERE h.from_moment <= @moment)
UNION SELECT b.from_moment FROM later l JOIN period b ON b.from_moment = l.period WHERE l.moment = @moment AND b.due >= 0 ORDER BY 1;

-- name: LaterOf :many
SELECT moment FROM later WHERE period = @period ORDER BY moment;

-- name: ClearLater :exec
DELETE FROM later WHERE period = @period;

-- name: ClaimedAt :many
SELECT kind, member, name FROM claimed WHERE moment >= @from_moment AND moment < @to_moment AND period < @period ORDER BY period, kind, member;

-- name: ClearChanged :exec
DELETE FROM changed;

-- name: Periods :many
SELECT * FROM period WHERE due >= 0 ORDER BY from_moment;

-- name: PutPeriod :exec
INSERT INTO period (from_moment, to_moment, articles, due) VALUES (@from_moment, @to_moment, @articles, @due)
ON CONFLICT (from_moment) DO UPDATE SET to_moment = @to_moment, articles = @articles, due = @due;

-- name: PeriodsGone :many
SELECT from_moment FROM period WHERE due < 0 ORDER BY from_moment;

-- name: DropPeriod :exec
DELETE FROM period WHERE from_moment = @from_moment;

-- name: DueCounts :exec
UPDATE period SET due = 1 WHERE period.due = 0 AND (period.from_moment = @period
    OR period.from_moment IN (SELECT l.period FROM period o JOIN later l ON l.moment >= o.from_moment AND l.moment < o.to_moment WHERE o.from_moment = @period)
    OR period.from_moment IN (SELECT (SELECT max(h.from_moment) FROM period h WHERE h.from_moment <= l.moment) FROM later l WHERE l.period = @period)
    OR period.from_moment IN (SELECT b.period FROM later l JOIN later b ON b.moment = l.moment WHERE l.period = @period));

-- name: SetDue :exec
UPDATE period SET due = @due WHERE from_moment = @from_moment;

-- name: ArticlesOfPeriod :many
SELECT id FROM article WHERE newest AND moment >= @from_moment AND moment < @to_moment ORDER BY id;

-- name: Taken :many
SELECT moment, kind, member, name FROM claimed WHERE period = @period ORDER BY moment, kind, member;

-- name: OutletsOf :many
SELECT id, outlet FROM article WHERE outlet <> '' AND id IN (SELECT picked(@ids)) ORDER BY id;

-- name: ClearTaken :exec
DELETE FROM claimed WHERE period = @period;

-- name: ForgetParts :exec
INSERT INTO retired (id, member) SELECT k.part, k.article_speaker FROM speaker_link k WHERE k.part = k.speaker AND k.part IN (SELECT picked(@ids))
ON CONFLICT (id, member) DO NOTHING;

-- name: NamesDue :exec
INSERT INTO due_name (name) SELECT DISTINCT name FROM part WHERE id IN (SELECT picked(@ids)) AND name <> '' ON CONFLICT (name) DO NOTHING;

-- name: DueNames :many
SELECT name FROM due_name ORDER BY name LIMIT @page;

-- name: NameDone :exec
DELETE FROM due_name WHERE name = @name;

-- name: SetPart :exec
UPDATE part SET speaker = @speaker WHERE id = @part;

-- name: DropAliases :exec
DELETE FROM alias WHERE speaker = @speaker;

-- name: DropSpeaker :exec
DELETE FROM speaker WHERE id = @id;

-- name: KeepSpoken :exec
INSERT INTO part_spoken (part, back, article, ordinal, outlet, stance, statement)
SELECT m.part, -COALESCE(a.published_day, CAST(@undated AS BIGINT)), a.id, s.ordinal, a.outlet, s.stance, s.id
FROM part_member m JOIN statement s ON s.speaker = m.article_speaker JOIN article a ON a.id = s.article WHERE m.part IN (SELECT picked(@ids));

-- name: KeepSpokenOf :exec
INSERT INTO part_spoken_of (part, back, article, article_speaker)
SELECT m.part, -COALESCE(a.published_day, CAST(@undated AS BIGINT)), a.id, n.id
FROM part_member m JOIN article_speaker n ON n.id = m.article_speaker JOIN article a ON a.id = n.article
WHERE m.part IN (SELECT picked(@ids)) AND NOT EXISTS (SELECT 1 FROM part_spoken x
    WHERE x.part = m.part AND x.back = -COALESCE(a.published_day, CAST(@undated AS BIGINT)) AND x.article = n.article);

-- name: SpokenInParts :many
SELECT part, count(*) AS statements, count(DISTINCT article) AS articles FROM part_spoken WHERE part IN (SELECT picked(@ids)) GROUP BY part;

-- name: SpokenOfInParts :many
SELECT part, count(DISTINCT article) AS articles FROM part_spoken_of WHERE part IN (SELECT picked(@ids)) GROUP BY part;

-- name: SpeakersOfParts :many
SELECT id, speaker FROM part WHERE id IN (SELECT picked(@ids)) AND name <> '';

-- name: StaleParts :exec
UPDATE part SET digest = 0 WHERE id IN (SELECT m.part FROM article_speaker n JOIN part_member m ON m.article_speaker = n.id WHERE n.article = @article);

-- name: PartsNamed :many
SELECT * FROM part WHERE name = @name ORDER BY id;

-- name: SpeakersUnited :many
SELECT id, digest FROM speaker WHERE united = @name ORDER BY id;

-- name: StoryCounts :many
SELECT e.id,
    CAST((SELECT count(*) FROM story_article x WHERE x.story = e.id) AS BIGINT) AS articles,
    CAST(COALESCE(NULLIF((SELECT count(DISTINCT r.report) FROM story_article x JOIN report_article r ON r.article = x.article WHERE x.story = e.id), 0), e.reports) AS BIGINT) AS reports,
    CAST((SELECT count(*) FROM story_article x JOIN statement s ON s.article = x.article WHERE x.story = e.id) AS BIGINT) AS statements,
    CAST((SELECT count(*) FROM story_article x JOIN figure f ON f.article = x.article WHERE x.story = e.id AND f.conversion_of = '') AS BIGINT) AS figures,
    CAST((SELECT count(*) FROM (
        SELECT 1 FROM story_article x JOIN article a ON a.id = x.article JOIN figure f ON f.article = a.id WHERE x.story = e.id AND f.conversion_of = ''
        GROUP BY f.low, f.high, f.comparator, f.change, f.unit HAVING min(a.published_day) = e.last_day) AS fresh) AS BIGINT) AS new_figures,
    CAST((SELECT count(DISTINCT k.speaker) FROM story_article x JOIN statement s ON s.article = x.article
        JOIN speaker_link k ON k.article_speaker = s.speaker WHERE x.story = e.id) AS BIGINT) AS speakers,
    CAST((SELECT count(*) FROM (
        SELECT d.dispute FROM story_article x JOIN statement s ON s.article = x.article JOIN side d ON d.member = s.id WHERE x.story = e.id
        UNION SELECT d.dispute FROM story_article x JOIN figure f ON f.article = x.article JOIN side d ON d.member = f.id WHERE x.story = e.id) AS own) AS BIGINT) AS disputes
FROM story e WHERE e.id IN (SELECT picked(@ids)) ORDER BY e.id;

-- name: SetStoryCounts :exec
UPDATE story SET articles = @articles, reports = @reports, statements = @statements, figures = @figures, new_figures = @new_figures, speakers = @speakers, disputes = @disputes
WHERE id = @id;

-- name: StoryKeys :many
SELECT value, story FROM story_key WHERE story IN (SELECT picked(@ids)) ORDER BY story, value;

-- name: StoryKeysNow :many
SELECT CAST('outlet ' || a.outlet AS TEXT) AS value, x.story FROM story_article x JOIN article a ON a.id = x.article WHERE x.story IN (SELECT picked(@ids)) AND a.outlet <> ''
UNION SELECT 'language ' || a.language, x.story FROM story_article x JOIN article a ON a.id = x.article WHERE x.story IN (SELECT picked(@ids)) AND a.language <> ''
UNION SELECT 'speaker ' || k.speaker, x.story FROM story_article x JOIN statement s ON s.article = x.article
    JOIN speaker_link k ON k.article_speaker = s.speaker WHERE x.story IN (SELECT picked(@ids)) ORDER BY 2, 1;

-- name: DropStoryKey :exec
DELETE FROM story_key WHERE value = @value AND story = @story;

-- name: SpeakerDisputes :many
SELECT speaker, dispute FROM speaker_dispute WHERE dispute IN (SELECT picked(@ids)) ORDER BY dispute, speaker;

-- name: SpeakerDisputesNow :many
SELECT DISTINCT k.speaker, d.dispute FROM side d JOIN statement s ON s.id = d.member JOIN speaker_link k ON k.article_speaker = s.speaker
WHERE d.dispute IN (SELECT picked(@ids)) ORDER BY d.dispute, k.speaker;

-- name: DropSpeakerDispute :exec
DELETE FROM speaker_dispute WHERE speaker = @speaker AND dispute = @dispute;

-- name: SpeakersLinked :many
SELECT article_speaker, speaker FROM speaker_link WHERE article_speaker IN (SELECT picked(@ids)) ORDER BY article_speaker;

-- name: Gone :many
SELECT DISTINCT id FROM retired ORDER BY id LIMIT @page;

-- name: GoneMembers :many
SELECT id, member FROM retired WHERE id IN (SELECT picked(@ids)) ORDER BY id, member;

-- name: ForgetGone :exec
DELETE FROM retired WHERE id IN (SELECT picked(@ids));

-- name: PutRedirect :exec
INSERT INTO redirect (id, target) VALUES (@id, @target) ON CONFLICT (id) DO UPDATE SET target = @target;

-- name: Retarget :exec
UPDATE redirect SET target = @target WHERE target = @id;

-- name: DropLiveRedirects :exec
DELETE FROM redirect WHERE EXISTS (SELECT 1 FROM story x WHERE x.id = redirect.id) OR EXISTS (SELECT 1 FROM report x WHERE x.id = redirect.id)
    OR EXISTS (SELECT 1 FROM utterance x WHERE x.id = redirect.id) OR EXISTS (SELECT 1 FROM measure x WHERE x.id = redirect.id)
    OR EXISTS (SELECT 1 FROM speaker x WHERE x.id = redirect.id);

-- name: Redirect :many
SELECT target FROM redirect WHERE id = @id;

-- name: ClearTotals :exec
DELETE FROM total;

-- name: KeepTotals :exec
INSERT INTO total (kind, rows)
SELECT 'article', COALESCE(sum(articles), 0) FROM story
UNION ALL SELECT 'statement', COALESCE(sum(statements), 0) FROM story
UNION ALL SELECT 'figure', COALESCE(sum(figures), 0) FROM story
UNION ALL SELECT 'story', count(*) FROM story
UNION ALL SELECT 'dispute', count(*) FROM dispute;

-- name: Totals :many
SELECT * FROM total;

-- name: PutReview :execrows
INSERT INTO review (id, seq, subject, action, person, reason, made_at, was, became, article)
VALUES (@id, (SELECT COALESCE(max(r.seq), 0) + 1 FROM review r), @subject, @action, @person, @reason, @made_at, @was, @became, @article)
ON CONFLICT (id) DO NOTHING;

-- name: ReviewsOfArticles :many
SELECT DISTINCT r.* FROM review r WHERE r.article IN (SELECT picked(@ids))
    OR r.article IN (SELECT o.id FROM article n JOIN article o ON o.place = n.place WHERE n.id IN (SELECT picked(@ids)) AND n.place <> '')
    OR r.action = 'undo' ORDER BY r.made_at, r.seq;

-- name: ReviewsOfLinks :many
SELECT * FROM review WHERE article = '' ORDER BY made_at, seq;

-- name: ArticlesReviewed :many
SELECT DISTINCT n.id FROM article n WHERE n.id IN (SELECT picked(@ids))
    OR n.place <> '' AND n.place IN (SELECT o.place FROM article o WHERE o.id IN (SELECT picked(@ids)));

-- name: ReviewsListed :many
SELECT id FROM review ORDER BY seq DESC LIMIT @page OFFSET @skip;

-- name: PutMachineReading :exec
INSERT INTO machine_reading (article, content) VALUES (@article, @content) ON CONFLICT (article) DO UPDATE SET content = excluded.content;

-- name: DropMachineReading :exec
DELETE FROM machine_reading WHERE article = @article;

-- name: MachineReadings :many
SELECT article, content FROM machine_reading WHERE article IN (SELECT picked(@ids)) ORDER BY article;

-- name: ChangeMomentBefore :exec
INSERT INTO changed (moment) SELECT DISTINCT o.moment FROM article n JOIN article o ON o.place = n.place WHERE n.id = @id AND n.place <> ''
ON CONFLICT (moment) DO UPDATE SET keyed = FALSE;

-- name: RenewVersionBefore :exec
UPDATE article SET newest = TRUE WHERE article.id IN (SELECT o.id FROM article n JOIN article o ON o.place = n.place
    WHERE n.id = @id AND n.newest AND n.place <> '' AND o.version < n.version ORDER BY o.version DESC LIMIT 1);

-- name: DropArticle :exec
DELETE FROM article WHERE id = @id;

-- name: Reviewed :exec
UPDATE article SET outlet = @outlet, published = @published, published_precision = @published_precision, published_basis = @published_basis, published_day = @published_day, moment = @moment
WHERE id = @id;

-- name: ChangeMomentsOfMembers :exec
INSERT INTO changed (moment) SELECT DISTINCT a.moment FROM article a WHERE a.id IN (SELECT picked(@ids))
    OR a.id IN (SELECT s.article FROM statement s WHERE s.id IN (SELECT picked(@ids))) OR a.id IN (SELECT f.article FROM figure f WHERE f.id IN (SELECT picked(@ids)))
    OR a.id IN (SELECT p.article FROM article_speaker p JOIN speaker_link k ON k.article_speaker = p.id WHERE k.speaker IN (
        SELECT o.speaker FROM speaker_link o WHERE o.article_speaker IN (SELECT picked(@ids))))
    OR a.id IN (SELECT p.article FROM article_speaker p WHERE p.id IN (SELECT picked(@ids)))
ON CONFLICT (moment) DO UPDATE SET keyed = FALSE;

-- name: ArticleOfRow :many
SELECT article FROM statement WHERE statement.id = @id UNION ALL SELECT article FROM figure WHERE figure.id = @id UNION ALL SELECT article FROM time WHERE time.id = @id;

-- name: SpeakerMembers :many
SELECT article_speaker FROM speaker_link WHERE speaker = @speaker ORDER BY article_speaker LIMIT @page;

-- name: NewestStories :many
SELECT id FROM story ORDER BY last_day DESC NULLS LAST, id LIMIT @page;

-- name: ReviewQueue :many
SELECT s.id, CAST((SELECT count(DISTINCT d.dispute) FROM side d WHERE d.member = s.id) AS BIGINT) AS disputes,
    CAST((SELECT count(*) FROM rendition o WHERE o.utterance = (SELECT min(r.utterance) FROM rendition r WHERE r.statement = s.id)) AS BIGINT) AS reach, s.confidence, s.speaker_confidence
FROM story_article x JOIN statement s ON s.article = x.article
WHERE x.story IN (SELECT picked(@ids)) AND NOT EXISTS (SELECT 1 FROM review v WHERE v.subject = s.id) AND (EXISTS (SELECT 1 FROM side d WHERE d.member = s.id) OR s.confidence < 0.6 OR (s.speaker <> '' AND s.speaker_confidence < 0.85))
ORDER BY 2 DESC, 3 DESC, s.confidence, s.id LIMIT @page;

-- name: Reviews :many
SELECT * FROM review WHERE subject = @subject OR subject IN (SELECT r.id FROM redirect r WHERE r.target = @subject) ORDER BY made_at, seq;

-- name: ReviewsAfter :many
SELECT id FROM review WHERE id > @id ORDER BY id LIMIT @page;

-- name: ReviewsByID :many
SELECT * FROM review WHERE id IN (SELECT picked(@ids)) ORDER BY id;

-- name: ReviewsOf :many
SELECT id FROM review WHERE subject IN (SELECT picked(@ids)) ORDER BY id;

-- name: Counts :many
SELECT 'article' AS kind, count(*) AS rows FROM article WHERE newest
UNION ALL SELECT 'statement', count(*) FROM statement r JOIN article a ON a.id = r.article WHERE a.newest
UNION ALL SELECT 'figure', count(*) FROM figure r JOIN article a ON a.id = r.article WHERE a.newest AND r.conversion_of = ''
UNION ALL SELECT 'time', count(*) FROM time r JOIN article a ON a.id = r.article WHERE a.newest
UNION ALL SELECT 'speaker', count(*) FROM speaker
UNION ALL SELECT 'copy', count(*) FROM copy
UNION ALL SELECT 'story', count(*) FROM story
UNION ALL SELECT 'utterance', count(*) FROM utterance
UNION ALL SELECT 'measure', count(*) FROM measure
UNION ALL SELECT 'dispute', count(*) FROM dispute
UNION ALL SELECT 'review', count(*) FROM review;

-- name: Aliases :many
SELECT speaker, folded FROM alias WHERE whole AND (speaker > @speaker OR (speaker = @speaker AND folded > @folded)) ORDER BY speaker, folded LIMIT @page;

-- name: PutAliasPart :exec
INSERT INTO alias (speaker, folded, whole) VALUES (@speaker, @folded, FALSE) ON CONFLICT (speaker, folded) DO NOTHING;

-- name: Models :many
SELECT model, count(*) AS articles FROM article GROUP BY model ORDER BY model;

-- name: NextModel :many
SELECT model FROM article WHERE model > @model ORDER BY model LIMIT 1;

-- name: Unread :many
SELECT id FROM article WHERE model = '' LIMIT 1;

-- name: CountUnread :one
SELECT count(*) FROM article WHERE model = '';

-- name: ReadByOthers :many
SELECT id, octet_length(text) AS bytes FROM article WHERE model <> @model AND id > @id ORDER BY id LIMIT @page;

-- name: AllTexts :many
SELECT id, octet_length(text) AS bytes FROM article WHERE id > @id ORDER BY id LIMIT @page;

-- name: KnownSpeakers :many
SELECT content FROM known_speaker ORDER BY ordinal;

-- name: ClearKnownSpeakers :exec
DELETE FROM known_speaker;

-- name: PutKnownSpeaker :exec
INSERT INTO known_speaker (ordinal, content) VALUES (@ordinal, @content);

-- name: BeginInput :exec
INSERT INTO unfinished (input) SELECT picked(@ids) WHERE TRUE ON CONFLICT (input) DO NOTHING;

-- name: EndInput :exec
DELETE FROM unfinished WHERE input IN (SELECT picked(@ids));

-- name: Unfinished :many
SELECT input FROM unfinished ORDER BY input;

-- name: ClearRefusals :exec
DELETE FROM refusal;

-- name: PutRefusal :exec
INSERT INTO refusal (ordinal, file, line, reason) VALUES (@ordinal, @file, @line, @reason);

-- name: LastRefusal :one
SELECT CAST(COALESCE(max(ordinal), -1) AS BIGINT) FROM refusal;

-- name: Refusals :many
SELECT * FROM refusal ORDER BY ordinal;
