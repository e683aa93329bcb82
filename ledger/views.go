package ledger

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/text"
)

// An ArticleRow is an article with its place among the links.
type ArticleRow struct {
	onrecord.Article
	Model         string // that read it
	Story, Report string
	Version       int  // 1 for the first text at its place
	Current       bool // no newer version is known
}

// A StatementRow is a statement with what the links say of it. Speaker is the speaker across articles.
type StatementRow struct {
	onrecord.Statement
	Model       string // that made the row
	SpeakerName string
	Named       bool
	// Unnamed and Anonymity are what the article says of a speaker whom it does not name.
	Unnamed   []string
	Anonymity []onrecord.Span
	Utterance string
	// ArticleSpeaker is the speaker as the article's own reading has it.
	ArticleSpeaker string
}

// A FigureRow is a figure with the measure it answers.
type FigureRow struct {
	onrecord.Figure
	Model      string // that made the row
	Measure    string
	Complement bool
}

// A StoryRow is a story at a glance.
type StoryRow struct {
	ID, Title                               string
	Articles, Reports                       int
	Statements, Figures, Speakers, Disputes int
	NewFigures                              int // numbers that stand in an article of the last day and in none before
	Confidence                              float64
	Outlets                                 []string
	First, Last                             time.Time
}

// StoryFilter chooses stories: empty fields choose all. Newest first. Outlet and Language ask for an article that has them, Speaker,
// an id or a name, for a statement, From and To for a story that runs in these days, half-open: whose first article is published
// before To, and its last not before From.
type StoryFilter struct {
	Outlet, Speaker, Language string
	From, To                  time.Time
	Limit, Offset             int // Limit 0: 50
}

// A StoryView is all that the record holds of one story. Texts are in Articles.
type StoryView struct {
	Model      string // that made the links
	Story      onrecord.Story
	Articles   []ArticleRow
	Statements []StatementRow // by article in order of the story, then by place in the text
	Figures    []FigureRow
	Speakers   []SpeakerRow // who says something in them
	Reports    []onrecord.Report
	Copies     []onrecord.Copy
	Utterances []onrecord.Utterance
	Measures   []onrecord.Measure
	Disputes   []onrecord.Dispute
}

// An ArticleView is all that the record holds of one article.
type ArticleView struct {
	Article    ArticleRow
	Versions   []ArticleRow // all versions at its place, oldest first, without texts
	StoryTitle string
	Statements []StatementRow
	Figures    []FigureRow
	Times      []onrecord.Time
	Speakers   []onrecord.Speaker // of this article
	Asides     []onrecord.Aside
	Copies     []onrecord.Copy      // from and to this article
	Utterances []onrecord.Utterance // that its statements are renditions of
}

// A SpeakerRow is a speaker across articles, with how many statements in how many articles are its, and how many other articles speak
// of it. Who has no statements is only spoken of.
type SpeakerRow struct {
	onrecord.Speaker
	Statements, Articles, SpokenOf int
}

// A SpeakersFilter chooses speakers across articles: those with a name or alias that holds Name from the beginning of a word on,
// whatever its case and accents, all for an empty one; those who speak, who are only spoken of, or both.
type SpeakersFilter struct {
	Name          string
	Who           string // Speaking, OnlySpokenOf; "" for both
	Limit, Offset int    // Limit 0: 50
}

// Who of the speakers of a ledger are asked for.
const (
	Speaking     = "speaking"
	OnlySpokenOf = "spoken of"
)

// A SpeakerFilter chooses among what a speaker said and disputes: empty fields choose all.
type SpeakerFilter struct {
	Outlet, Stance          string
	Limit, Offset           int // of statements; Limit 0: 50
	DisputeLimit, DisputeAt int // of disputes, and how many of them to leave out; DisputeLimit 0: 50
	NamedLimit, NamedAt     int // of places where it is only spoken of; NamedLimit 0: 50
}

// A Naming is an article that speaks of somebody without giving him, her or it a word.
type Naming struct {
	Article ArticleRow
	Spans   []onrecord.Span // where it is named or meant
}

// A Channel is how much of what a speaker said, of one stance, stands in one outlet.
type Channel struct {
	Outlet, Stance string
	Statements     int
}

// A SpeakerView is what the record holds of one speaker: of long lists the part that was asked for.
type SpeakerView struct {
	Model      string // that made the links
	Speaker    SpeakerRow
	Statements []Passage // newest first
	Total      int       // statements chosen, given or not
	Channels   []Channel // of all statements, by outlet and stance
	Disputes   []onrecord.Dispute
	Disputed   int          // disputes, given or not
	Suspects   []SpeakerRow // whom the leads name
	SpokenOf   []Naming     // articles that only speak of it, newest first
}

// A Passage is a statement with the words around it and where it stands.
type Passage struct {
	StatementRow
	Text      string // the content's text
	Title     string // of the article
	Outlet    string
	Published onrecord.Published
	Story     string
	// Around is the sentence or sentences that hold the statement, as text and span of the article.
	Around     string
	AroundSpan onrecord.Span
}

// usual is the number of rows given where none is asked for.
const usual = 50

func limit(n int) int32 {
	if n <= 0 {
		return usual
	}
	return int32(min(n, math.MaxInt32))
}

// named is the pattern of folded names that hold name from the beginning of a word on; where none can, ok is false and the pattern
// fits no name.
func named(name string) (pattern string, ok bool) {
	folded := fold(name)
	if folded == "" || len(folded) > 1000 {
		return "", false
	}
	return "%" + folded + "%", true
}

// days are the bounds of a half-open interval of days, open where one is zero.
func days(from, to time.Time) (start, end int64) {
	start, end = math.MinInt64, math.MaxInt64
	if !from.IsZero() {
		start = from.UnixMicro()
	}
	if !to.IsZero() {
		end = to.UnixMicro()
	}
	return start, end
}

// mostSpeakers is how many speakers of one name are looked for, those that said most first.
const mostSpeakers = 100

// Stories lists stories, newest last article first, and how many there are in all.
func (l *Ledger) Stories(ctx context.Context, f StoryFilter) (rows []StoryRow, total int, err error) {
	from, to := days(f.From, f.To)
	p := query.StoriesParams{
		Outlet: keyed("outlet", f.Outlet), Language: keyed("language", f.Language), AnySpeaker: f.Speaker == "",
		AnyDay: f.From.IsZero() && f.To.IsZero(), FromDay: from, ToDay: to,
		Page: limit(f.Limit), Skip: int32(min(max(f.Offset, 0), math.MaxInt32)),
	}
	err = l.look(ctx, func(q *query.Queries) error {
		if f.Speaker != "" {
			pattern, _ := named(f.Speaker)
			ids, err := q.SpeakersCalled(ctx, query.SpeakersCalledParams{Speaker: f.Speaker, Named: pattern, Page: mostSpeakers})
			if err != nil {
				return err
			}
			p.Speakers = strings.Join(ids, "")
		}
		n, err := q.CountStories(ctx, query.CountStoriesParams{
			Outlet: p.Outlet, Language: p.Language, AnySpeaker: p.AnySpeaker, Speakers: p.Speakers, AnyDay: p.AnyDay, FromDay: p.FromDay, ToDay: p.ToDay,
		})
		if err != nil {
			return err
		}
		total = int(n)
		ids, err := q.Stories(ctx, p)
		if err != nil {
			return err
		}
		found, err := picked(ctx, ids, q.StoriesByID)
		rows, err = each(found, err, func(s *query.Story) StoryRow {
			return StoryRow{
				ID: s.ID, Title: s.Title, Articles: int(s.Articles), Reports: int(s.Reports), Statements: int(s.Statements), Figures: int(s.Figures),
				NewFigures: int(s.NewFigures), Confidence: s.Confidence, Speakers: int(s.Speakers), Disputes: int(s.Disputes), Outlets: parseList[string](s.Outlets),
				First: instant(s.FirstDay), Last: instant(s.LastDay),
			}
		})
		slices.SortFunc(rows, func(a, b StoryRow) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
		return err
	})
	return rows, total, err
}

// keyed is a key of stories; none for an empty value.
func keyed(kind, value string) string {
	if value == "" {
		return ""
	}
	return kind + " " + value
}

// Story returns one story; of one that is gone, the story that has most of its articles now.
func (l *Ledger) Story(ctx context.Context, id string) (*StoryView, error) {
	v := new(StoryView)
	err := l.look(ctx, func(q *query.Queries) error {
		id, err := follow(ctx, q, id)
		if err != nil {
			return err
		}
		stories, err := storiesByID(ctx, q, []string{id})
		if err != nil {
			return err
		}
		if len(stories) == 0 {
			return fmt.Errorf("story %s: %w", id, ErrNotFound)
		}
		v.Story = stories[0]
		if v.Model, err = linkModel(ctx, q); err != nil {
			return err
		}
		articles := v.Story.Articles
		at := make(map[string]int, len(articles))
		for i, a := range articles {
			at[a] = i
		}
		if v.Articles, err = articleRows(ctx, q, articles); err != nil {
			return err
		}
		slices.SortStableFunc(v.Articles, func(a, b ArticleRow) int { return cmp.Compare(at[a.ID], at[b.ID]) })
		if v.Statements, err = statementRows(ctx, q, articles); err != nil {
			return err
		}
		slices.SortStableFunc(v.Statements, func(a, b StatementRow) int {
			return cmp.Or(cmp.Compare(at[a.Article], at[b.Article]), cmp.Compare(extent(a.Statement).Start, extent(b.Statement).Start))
		})
		if v.Figures, err = figureRows(ctx, q, articles); err != nil {
			return err
		}
		slices.SortStableFunc(v.Figures, func(a, b FigureRow) int {
			return cmp.Or(cmp.Compare(at[a.Article], at[b.Article]), cmp.Compare(a.Span.Start, b.Span.Start))
		})
		if v.Speakers, err = chosen(ctx, q, articles, q.SpeakersIn, speakersByID); err != nil {
			return err
		}
		if v.Reports, err = chosen(ctx, q, articles, q.ReportsOf, reportsByID); err != nil {
			return err
		}
		if v.Copies, err = chosen(ctx, q, articles, q.CopiesOf, copiesByID); err != nil {
			return err
		}
		if v.Utterances, err = chosen(ctx, q, articles, q.UtterancesOf, utterancesByID); err != nil {
			return err
		}
		if v.Measures, err = chosen(ctx, q, articles, q.MeasuresOf, measuresByID); err != nil {
			return err
		}
		v.Disputes, err = chosen(ctx, q, articles, q.DisputesOf, disputesByID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// linkModel is the version of the model that made the links.
func linkModel(ctx context.Context, q *query.Queries) (string, error) {
	s, err := q.State(ctx)
	return s.LinkModel, err
}

// chosen are the rows that belong to articles, by id.
func chosen[T any](ctx context.Context, q *query.Queries, articles []string, choose func(context.Context, string) ([]string, error), load func(context.Context, *query.Queries, []string) ([]T, error)) ([]T, error) {
	ids, err := pickedIDs(ctx, articles, choose)
	if err != nil {
		return nil, err
	}
	return load(ctx, q, ids)
}

// Article returns one article, of any version.
func (l *Ledger) Article(ctx context.Context, id string) (*ArticleView, error) {
	v := new(ArticleView)
	one := []string{id}
	err := l.look(ctx, func(q *query.Queries) error {
		found, err := picked(ctx, one, q.Articles)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("article %s: %w", id, ErrNotFound)
		}
		v.Article = toArticleRow(&found[0])
		if err := v.versions(ctx, q, found[0].Article.Place); err != nil {
			return err
		}
		if v.Article.Story != "" {
			stories, err := picked(ctx, []string{v.Article.Story}, q.StoriesByID)
			if err != nil {
				return err
			}
			for _, s := range stories {
				v.StoryTitle = s.Title
			}
		}
		if v.Statements, err = statementRows(ctx, q, one); err != nil {
			return err
		}
		if v.Figures, err = figureRows(ctx, q, one); err != nil {
			return err
		}
		parts, err := readings(ctx, q, one)
		if err != nil {
			return err
		}
		v.Times, v.Speakers, v.Asides = parts[0].Times, parts[0].Speakers, parts[0].Asides
		if v.Copies, err = chosen(ctx, q, one, q.CopiesOf, copiesByID); err != nil {
			return err
		}
		v.Utterances, err = chosen(ctx, q, one, q.UtterancesOf, utterancesByID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Articles returns articles, of any version, by id; unknown ids are left out.
func (l *Ledger) Articles(ctx context.Context, ids []string) (rows []ArticleRow, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err = articleRows(ctx, q, once(slices.Clone(ids)))
		return err
	})
	return rows, err
}

// versions lists all versions at a place.
func (v *ArticleView) versions(ctx context.Context, q *query.Queries, place string) error {
	if place == "" { // a text without versions
		only := v.Article
		only.Text = ""
		v.Versions = []ArticleRow{only}
		return nil
	}
	rows, err := q.Versions(ctx, place)
	v.Versions, err = each(rows, err, func(a *query.VersionsRow) ArticleRow {
		return ArticleRow{
			Article: onrecord.Article{
				ID: a.ID, ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline,
				Published: onrecord.Published{Value: a.Published, Precision: a.PublishedPrecision, Basis: a.PublishedBasis},
				Language:  a.Language, File: a.File, Line: int(a.Line),
			},
			Version: int(a.Version), Current: a.Newest,
		}
	})
	return err
}

// Speakers lists the speakers across articles that are chosen, by number of statements, then of articles that speak of them.
func (l *Ledger) Speakers(ctx context.Context, f SpeakersFilter) (rows []SpeakerRow, err error) {
	pattern, ok := named(f.Name)
	if strings.TrimSpace(f.Name) == "" {
		pattern, ok = "", true
	}
	if !ok {
		return nil, nil
	}
	ask := query.SpeakersNamedParams{Named: pattern, Most: math.MaxInt64, Page: limit(f.Limit), Skip: int32(min(max(f.Offset, 0), math.MaxInt32))}
	switch f.Who {
	case Speaking:
		ask.Least = 1
	case OnlySpokenOf:
		ask.Most = 0
	}
	err = l.look(ctx, func(q *query.Queries) error {
		found, err := q.SpeakersNamed(ctx, ask)
		rows, err = each(found, err, toSpeaker)
		return err
	})
	return rows, err
}

// Called returns the speakers across articles who have a name or alias that is name, whatever its case and accents, in the order of
// [Ledger.Speakers].
func (l *Ledger) Called(ctx context.Context, name string, most int) (rows []SpeakerRow, err error) {
	folded := fold(name)
	if folded == "" {
		return nil, nil
	}
	err = l.look(ctx, func(q *query.Queries) error {
		found, err := q.SpeakersCalledSo(ctx, query.SpeakersCalledSoParams{Folded: folded, Page: limit(most)})
		rows, err = each(found, err, toSpeaker)
		return err
	})
	return rows, err
}

// Speaker returns one speaker across articles, with the statements in current versions that are chosen and the other articles that
// speak of it, newest first.
func (l *Ledger) Speaker(ctx context.Context, id string, f SpeakerFilter) (*SpeakerView, error) {
	v := new(SpeakerView)
	err := l.look(ctx, func(q *query.Queries) error {
		id, err := follow(ctx, q, id)
		if err != nil {
			return err
		}
		found, err := picked(ctx, []string{id}, q.SpeakersByID)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("speaker %s: %w", id, ErrNotFound)
		}
		v.Speaker, v.Model = toSpeaker(&found[0]), found[0].Model
		one := []SpeakerRow{v.Speaker}
		if err := leadAcross(ctx, q, one); err != nil {
			return err
		}
		v.Speaker = one[0]
		channels, err := q.SpokenOf(ctx, id)
		if err != nil {
			return err
		}
		for _, c := range channels {
			v.Channels = append(v.Channels, Channel{c.Outlet, c.Stance, int(c.Statements)})
			if (f.Outlet == "" || f.Outlet == c.Outlet) && (f.Stance == "" || f.Stance == c.Stance) {
				v.Total += int(c.Statements)
			}
		}
		statements, err := q.StatementsOfSpeaker(ctx, query.StatementsOfSpeakerParams{
			Speaker: id, Outlet: f.Outlet, Stance: f.Stance, Page: limit(f.Limit), Skip: int32(min(max(f.Offset, 0), math.MaxInt32)),
		})
		if err != nil {
			return err
		}
		if v.Statements, err = passagesOf(ctx, q, statements); err != nil {
			return err
		}
		where, err := q.SpokenOfWhere(ctx, query.SpokenOfWhereParams{
			Speaker: id, Page: limit(f.NamedLimit), Skip: int32(min(max(f.NamedAt, 0), math.MaxInt32)),
		})
		if err != nil {
			return err
		}
		if v.SpokenOf, err = namings(ctx, q, where); err != nil {
			return err
		}
		n, err := q.CountDisputesOfSpeaker(ctx, id)
		if err != nil {
			return err
		}
		v.Disputed = int(n)
		disputes, err := q.DisputesOfSpeaker(ctx, query.DisputesOfSpeakerParams{
			Speaker: id, Page: limit(f.DisputeLimit), Skip: int32(min(max(f.DisputeAt, 0), math.MaxInt32)),
		})
		if err != nil {
			return err
		}
		if v.Disputes, err = disputesByID(ctx, q, disputes); err != nil {
			return err
		}
		var suspects []string
		for _, lead := range v.Speaker.Leads {
			suspects = append(suspects, lead.Speaker)
		}
		v.Suspects, err = speakersByID(ctx, q, once(suspects))
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// Passages returns the statements of these ids with their passages, in the order of the ids; unknown ids are left out.
func (l *Ledger) Passages(ctx context.Context, ids []string) (list []Passage, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		list, err = passagesOf(ctx, q, ids)
		return err
	})
	return list, err
}

func passagesOf(ctx context.Context, q *query.Queries, ids []string) ([]Passage, error) {
	var list []Passage
	for some := range slices.Chunk(ids, page) {
		rows, err := statementsByID(ctx, q, some)
		if err != nil {
			return nil, err
		}
		statements := make(map[string]*StatementRow, len(rows))
		var in []string
		for i := range rows {
			statements[rows[i].ID] = &rows[i]
			in = append(in, rows[i].Article)
		}
		slices.Sort(in)
		articles, err := articleRows(ctx, q, slices.Compact(in))
		if err != nil {
			return nil, err
		}
		of := make(map[string]*surroundings, len(articles))
		for i := range articles {
			of[articles[i].ID] = &surroundings{article: &articles[i]}
		}
		for _, id := range some {
			if s := statements[id]; s != nil {
				list = append(list, of[s.Article].passage(s))
			}
		}
	}
	return list, nil
}

// namings are the articles that speak of somebody, once each.
func namings(ctx context.Context, q *query.Queries, where []query.SpokenOfWhereRow) ([]Naming, error) {
	var list []Naming
	at := map[string]int{}
	var ids []string
	for _, w := range where {
		k, known := at[w.Article]
		if !known {
			k = len(list)
			at[w.Article] = k
			list, ids = append(list, Naming{}), append(ids, w.Article)
		}
		list[k].Spans = append(list[k].Spans, parseSpans(w.Spans)...)
	}
	articles, err := articleRows(ctx, q, once(slices.Clone(ids)))
	if err != nil {
		return nil, err
	}
	for i := range articles {
		a := &articles[i]
		n := &list[at[a.ID]]
		slices.SortFunc(n.Spans, func(a, b onrecord.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
		n.Article = *a
	}
	return list, nil
}

// surroundings find the sentences around statements of an article, cutting each of its paragraphs at most once.
type surroundings struct {
	article *ArticleRow
	cut     map[onrecord.Span][]onrecord.Span // sentences of stretches of whole paragraphs
}

func (s *surroundings) passage(row *StatementRow) Passage {
	a := s.article
	p := Passage{
		StatementRow: *row, Text: contentText(a.Text, row.Content), Title: a.Title, Outlet: a.Outlet, Published: a.Published, Story: a.Story,
		AroundSpan: s.around(extent(row.Statement)),
	}
	p.Around = p.AroundSpan.Of(a.Text)
	return p
}

// around is the span of the sentences that hold a span.
func (s *surroundings) around(span onrecord.Span) onrecord.Span {
	whole := s.article.Text
	stretch := onrecord.Span{Start: strings.LastIndexByte(whole[:span.Start], '\n') + 1, End: len(whole)}
	if n := strings.IndexByte(whole[span.End:], '\n'); n >= 0 {
		stretch.End = span.End + n
	}
	sentences, done := s.cut[stretch]
	if !done {
		doc := text.Parse(stretch.Of(whole))
		for _, r := range doc.Sentences {
			at := doc.Span(r)
			sentences = append(sentences, onrecord.Span{Start: stretch.Start + at.Start, End: stretch.Start + at.End})
		}
		if s.cut == nil {
			s.cut = map[onrecord.Span][]onrecord.Span{}
		}
		s.cut[stretch] = sentences
	}
	// Sentences are in order: the first that ends after the span begins, and on to the last that begins before it ends.
	first, _ := slices.BinarySearchFunc(sentences, span.Start, func(at onrecord.Span, start int) int { return cmp.Compare(at.End, start+1) })
	for _, at := range sentences[first:] {
		if at.Start >= span.End {
			break
		}
		span.Start, span.End = min(span.Start, at.Start), max(span.End, at.End)
	}
	return span
}

// extent is the span from the first to the last of a statement's words.
func extent(s onrecord.Statement) onrecord.Span {
	all := onrecord.Span{Start: math.MaxInt}
	for _, role := range [][]onrecord.Span{s.Source, s.Cue, s.Content} {
		for _, at := range role {
			all.Start, all.End = min(all.Start, at.Start), max(all.End, at.End)
		}
	}
	if all.Start > all.End {
		return onrecord.Span{}
	}
	return all
}
