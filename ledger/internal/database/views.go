package database

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
	"github.com/onrecord/onrecord/text"
)

// usual is the number of rows given where none is asked for.
const usual = 50

func limit(n int) int32 {
	if n <= 0 {
		return usual
	}
	return int32(min(n, math.MaxInt32))
}

// named are the bounds of the folded names, from the beginning of any word on, that begin with name, half-open; of none where ok is
// false.
func named(name string) (from, to string, ok bool) {
	folded := fold(name)
	if folded == "" || len(folded) > 1000 {
		return "", "", false
	}
	return folded, folded + string(utf8.MaxRune), true // folded names have letters, digits and spaces: none is that high
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

// Stories: see [ledger.Ledger].
func (l *Ledger) Stories(ctx context.Context, f ledger.StoryFilter) (rows []ledger.StoryRow, total int, err error) {
	from, to := days(f.From, f.To)
	p := query.StoriesParams{
		Outlet: keyed("outlet", f.Outlet), Language: keyed("language", f.Language), AnySpeaker: f.Speaker == "",
		AnyDay: f.From.IsZero() && f.To.IsZero(), FromDay: from, ToDay: to, Speakers: "[]",
		Page: limit(f.Limit), Skip: int32(min(max(f.Offset, 0), math.MaxInt32)),
	}
	err = l.look(ctx, func(q *query.Queries) error {
		if f.Speaker != "" {
			from, to, _ := named(f.Speaker)
			ids, err := q.SpeakersCalled(ctx, query.SpeakersCalledParams{Speaker: f.Speaker, Named: from, NamedEnd: to, Page: mostSpeakers})
			if err != nil {
				return err
			}
			keys := make([]string, len(ids))
			for i, id := range ids {
				keys[i] = keyed("speaker", id)
			}
			p.Speakers = cmp.Or(jsonList(keys), "[]")
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
		rows, err = each(found, err, func(d *decoder, s *query.Story) ledger.StoryRow {
			d.row = s.ID
			return ledger.StoryRow{
				ID: s.ID, Title: s.Title, Articles: int(s.Articles), Reports: int(s.Reports), Statements: int(s.Statements), Figures: int(s.Figures),
				NewFigures: int(s.NewFigures), Confidence: s.Confidence, Speakers: int(s.Speakers), Disputes: int(s.Disputes), Outlets: d.words(s.Outlets),
				First: instant(s.FirstDay), Last: instant(s.LastDay),
			}
		})
		slices.SortFunc(rows, func(a, b ledger.StoryRow) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
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

// Story: see [ledger.Ledger].
func (l *Ledger) Story(ctx context.Context, id string) (*ledger.StoryView, error) {
	v := new(ledger.StoryView)
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
			return fmt.Errorf("story %s: %w", id, ledger.ErrNotFound)
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
		slices.SortStableFunc(v.Articles, func(a, b ledger.ArticleRow) int { return cmp.Compare(at[a.ID], at[b.ID]) })
		if v.Statements, err = statementRows(ctx, q, articles); err != nil {
			return err
		}
		slices.SortStableFunc(v.Statements, func(a, b ledger.StatementRow) int {
			return cmp.Or(cmp.Compare(at[a.Article], at[b.Article]), cmp.Compare(extent(a.Statement).Start, extent(b.Statement).Start))
		})
		if v.Figures, err = figureRows(ctx, q, articles); err != nil {
			return err
		}
		slices.SortStableFunc(v.Figures, func(a, b ledger.FigureRow) int {
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

// Article: see [ledger.Ledger].
func (l *Ledger) Article(ctx context.Context, id string) (*ledger.ArticleView, error) {
	v := new(ledger.ArticleView)
	one := []string{id}
	err := l.look(ctx, func(q *query.Queries) error {
		found, err := picked(ctx, one, q.Articles)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fmt.Errorf("article %s: %w", id, ledger.ErrNotFound)
		}
		rows, err := each(found, nil, toArticleRow)
		if err != nil {
			return err
		}
		v.Article = rows[0]
		if v.Versions, err = versions(ctx, q, found[0].Article.Place, v.Article); err != nil {
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

// Articles: see [ledger.Ledger].
func (l *Ledger) Articles(ctx context.Context, ids []string) (rows []ledger.ArticleRow, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err = articleRows(ctx, q, once(slices.Clone(ids)))
		return err
	})
	return rows, err
}

// versions lists all versions at a place.
func versions(ctx context.Context, q *query.Queries, place string, only ledger.ArticleRow) ([]ledger.ArticleRow, error) {
	if place == "" { // a text without versions
		only.Text = ""
		return []ledger.ArticleRow{only}, nil
	}
	rows, err := q.Versions(ctx, place)
	return each(rows, err, func(_ *decoder, a *query.VersionsRow) ledger.ArticleRow {
		return ledger.ArticleRow{
			Article: onrecord.Article{
				ID: a.ID, ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline,
				Published: onrecord.Published{Value: a.Published, Precision: a.PublishedPrecision, Basis: a.PublishedBasis},
				Language:  a.Language, File: a.File, Line: int(a.Line),
			},
			Version: int(a.Version), Current: a.Newest,
		}
	})
}

// Speakers: see [ledger.Ledger].
func (l *Ledger) Speakers(ctx context.Context, f ledger.SpeakersFilter) (rows []ledger.SpeakerRow, err error) {
	least, most := int64(0), int64(math.MaxInt64)
	switch f.Who {
	case ledger.Speaking:
		least = 1
	case ledger.OnlySpokenOf:
		most = 0
	}
	page, skip := limit(f.Limit), int32(min(max(f.Offset, 0), math.MaxInt32))
	ask := func(q *query.Queries) ([]query.Speaker, error) {
		return q.Speakers(ctx, query.SpeakersParams{Least: least, Most: most, Page: page, Skip: skip})
	}
	if strings.TrimSpace(f.Name) != "" {
		from, to, ok := named(f.Name)
		if !ok {
			return nil, nil
		}
		ask = func(q *query.Queries) ([]query.Speaker, error) {
			return q.SpeakersNamed(ctx, query.SpeakersNamedParams{Named: from, NamedEnd: to, Least: least, Most: most, Page: page, Skip: skip})
		}
	}
	err = l.look(ctx, func(q *query.Queries) error {
		found, err := ask(q)
		rows, err = each(found, err, toSpeaker)
		return err
	})
	return rows, err
}

// Called: see [ledger.Ledger].
func (l *Ledger) Called(ctx context.Context, name string, most int) (rows []ledger.SpeakerRow, err error) {
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

// Speaker: see [ledger.Ledger].
func (l *Ledger) Speaker(ctx context.Context, id string, f ledger.SpeakerFilter) (*ledger.SpeakerView, error) {
	v := new(ledger.SpeakerView)
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
			return fmt.Errorf("speaker %s: %w", id, ledger.ErrNotFound)
		}
		one, err := speakersByID(ctx, q, []string{id})
		if err != nil {
			return err
		}
		v.Speaker, v.Model = one[0], found[0].Model
		channels, err := q.SpokenOf(ctx, id)
		if err != nil {
			return err
		}
		for _, c := range channels {
			v.Channels = append(v.Channels, ledger.Channel{Outlet: c.Outlet, Stance: c.Stance, Statements: int(c.Statements)})
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

// Passages: see [ledger.Ledger].
func (l *Ledger) Passages(ctx context.Context, ids []string) (list []ledger.Passage, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		list, err = passagesOf(ctx, q, ids)
		return err
	})
	return list, err
}

func passagesOf(ctx context.Context, q *query.Queries, ids []string) ([]ledger.Passage, error) {
	var list []ledger.Passage
	for some := range slices.Chunk(ids, page) {
		rows, err := statementsByID(ctx, q, some)
		if err != nil {
			return nil, err
		}
		statements := make(map[string]*ledger.StatementRow, len(rows))
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
func namings(ctx context.Context, q *query.Queries, where []query.SpokenOfWhereRow) ([]ledger.Naming, error) {
	var list []ledger.Naming
	at := map[string]int{}
	var ids []string
	var d decoder
	for _, w := range where {
		d.row = w.Article
		k, known := at[w.Article]
		if !known {
			k = len(list)
			at[w.Article] = k
			list, ids = append(list, ledger.Naming{}), append(ids, w.Article)
		}
		list[k].Spans = append(list[k].Spans, d.spans(w.Spans)...)
	}
	articles, err := articleRows(ctx, q, once(slices.Clone(ids)))
	if err = errors.Join(d.err, err); err != nil {
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
	article *ledger.ArticleRow
	cut     map[onrecord.Span][]onrecord.Span // sentences of stretches of whole paragraphs
}

func (s *surroundings) passage(row *ledger.StatementRow) ledger.Passage {
	a := s.article
	p := ledger.Passage{
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
