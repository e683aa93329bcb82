package database

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// page is the number of ids that one query is asked about.
const page = 500

// picked asks a query about ids, a page at a time. Texts that are no ids are left out.
func picked[T any](ctx context.Context, ids []string, ask func(context.Context, string) ([]T, error)) ([]T, error) {
	var all []T
	for some := range slices.Chunk(ids, page) {
		list := jsonIDs(some)
		if list == "[]" {
			continue
		}
		rows, err := ask(ctx, list)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = rows
		} else {
			all = append(all, rows...)
		}
	}
	return all, nil
}

// jsonIDs is the ids among some texts as picked takes them apart again. An id has no letter that JSON writes in another way.
func jsonIDs(texts []string) string {
	b := []byte{'['}
	for _, id := range texts {
		if !isID(id) {
			continue
		}
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = append(append(append(b, '"'), id...), '"')
	}
	return string(append(b, ']'))
}

// pickedIDs asks for ids: sorted, each once.
func pickedIDs(ctx context.Context, ids []string, ask func(context.Context, string) ([]string, error)) ([]string, error) {
	found, err := picked(ctx, ids, ask)
	slices.Sort(found)
	return slices.Compact(found), err
}

// isID says whether s has the form of an id.
func isID(s string) bool {
	if len(s) != ledger.IDLength {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func toArticle(a *query.Article) onrecord.Article {
	return onrecord.Article{
		ID: a.ID, ExternalID: a.ExternalID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Byline: a.Byline,
		Published: onrecord.Published{Value: a.Published, Precision: a.PublishedPrecision, Basis: a.PublishedBasis},
		Language:  a.Language, Text: a.Text, File: a.File, Line: int(a.Line),
	}
}

func toStatement(d *decoder, s *query.Statement) onrecord.Statement {
	d.row = s.ID
	return onrecord.Statement{
		ID: s.ID, Article: s.Article, Parent: s.Parent, Kind: s.Kind, Source: d.spans(s.Source), Cue: d.spans(s.Cue), Content: d.spans(s.Content),
		Speaker: s.Speaker, SpeakerConfidence: s.SpeakerConfidence, Addressee: d.spans(s.Addressee), Relays: d.words(s.Relays), Stance: s.Stance, Denied: s.Denied, Said: interval(s.SaidFrom, s.SaidTo, s.SaidBasis),
		Headline: s.Headline, Confidence: s.Confidence,
	}
}

func toFigure(d *decoder, f *query.Figure) onrecord.Figure {
	d.row = f.ID
	return onrecord.Figure{
		ID: f.ID, Article: f.Article, Span: onrecord.Span{Start: int(f.SpanStart), End: int(f.SpanEnd)}, Low: f.Low, High: f.High,
		Comparator: f.Comparator, Change: f.Change, Unit: f.Unit, Thing: f.Thing, ThingSpan: onrecord.Span{Start: int(f.ThingStart), End: int(f.ThingEnd)},
		ShareOf: f.ShareOf, Role: f.Role, AsOf: interval(f.AsOfFrom, f.AsOfTo, f.AsOfBasis), Vague: f.Vague, Statement: f.Statement, ConversionOf: f.ConversionOf, Confidence: f.Confidence,
	}
}

func toTime(d *decoder, t *query.Time) onrecord.Time {
	d.row = t.ID
	return onrecord.Time{
		ID: t.ID, Article: t.Article, Span: onrecord.Span{Start: int(t.SpanStart), End: int(t.SpanEnd)}, Timex: t.Timex,
		Interval: interval(t.IntervalFrom, t.IntervalTo, t.IntervalBasis), Grain: t.Grain, Kind: t.Kind, Basis: t.Basis, Confidence: t.Confidence,
	}
}

func toArticleSpeaker(d *decoder, p *query.ArticleSpeaker) onrecord.Speaker {
	d.row = p.ID
	return onrecord.Speaker{
		ID: p.ID, Article: p.Article, Name: p.Name, Kind: p.Kind, Aliases: d.words(p.Aliases), Roles: d.words(p.Roles),
		State: p.State, Spans: d.spans(p.Spans), Unnamed: d.words(p.Unnamed), Anonymity: d.spans(p.Anonymity), Learned: decoded[onrecord.Alias](d, p.Learned), Confidence: p.Confidence,
	}
}

func toSpeaker(d *decoder, p *query.Speaker) ledger.SpeakerRow {
	d.row = p.ID
	return ledger.SpeakerRow{Statements: int(p.Statements), Articles: int(p.Articles), SpokenOf: int(p.SpokenOf), Speaker: onrecord.Speaker{
		ID: p.ID, Name: p.Name, Kind: p.Kind, Aliases: d.words(p.Aliases), Roles: d.words(p.Roles), State: p.State,
		Learned: decoded[onrecord.Alias](d, p.Learned), Confidence: p.Confidence, ExternalID: p.External,
		Tenures: decoded[onrecord.Tenure](d, p.Tenures), Leads: decoded[onrecord.Lead](d, p.Leads), Basis: d.words(p.Basis),
	}}
}

func toReview(d *decoder, r *query.Review) onrecord.Review {
	d.row = r.ID
	return onrecord.Review{
		ID: r.ID, Row: r.Subject, Action: r.Action, By: r.Person, Why: r.Reason, At: time.UnixMicro(r.MadeAt).UTC(), Before: r.Was, After: r.Became,
	}
}

// readings are those of articles, by article id.
func readings(ctx context.Context, q *query.Queries, ids []string) ([]*onrecord.Reading, error) {
	articles, err := picked(ctx, ids, q.Articles)
	if err != nil {
		return nil, err
	}
	list := make([]*onrecord.Reading, len(articles))
	of := make(map[string]*onrecord.Reading, len(articles))
	for i := range articles {
		a := toArticle(&articles[i].Article)
		if isAltered(&articles[i].Article) {
			return nil, altered(&a)
		}
		list[i] = &onrecord.Reading{Article: &a, Model: articles[i].Article.Model}
		of[a.ID] = list[i]
	}
	return list, errors.Join(
		take(ctx, ids, q.Statements, toStatement, func(s onrecord.Statement) { r := of[s.Article]; r.Statements = append(r.Statements, s) }),
		take(ctx, ids, q.Figures, toFigure, func(f onrecord.Figure) { r := of[f.Article]; r.Figures = append(r.Figures, f) }),
		take(ctx, ids, q.Times, toTime, func(t onrecord.Time) { r := of[t.Article]; r.Times = append(r.Times, t) }),
		take(ctx, ids, q.ArticleSpeakers, toArticleSpeaker, func(p onrecord.Speaker) { r := of[p.Article]; r.Speakers = append(r.Speakers, p) }),
		take(ctx, ids, q.Asides, func(_ *decoder, a *query.Aside) *query.Aside { return a }, func(a *query.Aside) { r := of[a.Article]; r.Asides = append(r.Asides, toAside(a)) }),
	)
}

// take asks for the rows of articles and gives each to add.
func take[From, To any](ctx context.Context, articles []string, ask func(context.Context, string) ([]From, error), to func(*decoder, *From) To, add func(To)) error {
	rows, err := picked(ctx, articles, ask)
	list, err := each(rows, err, to)
	for _, row := range list {
		add(row)
	}
	return err
}

func toAside(a *query.Aside) onrecord.Aside {
	return onrecord.Aside{Span: onrecord.Span{Start: int(a.SpanStart), End: int(a.SpanEnd)}, Kind: a.Kind, Confidence: a.Confidence}
}

// The rows of one kind, by ids or by articles.

// toArticleRow takes a text that is not the one that was read for damage: the spans of the article's rows are of another.
func toArticleRow(d *decoder, r *query.ArticlesRow) ledger.ArticleRow {
	row := asItLies(d, r)
	if d.err == nil && row.Altered() {
		d.err = altered(&row.Article)
	}
	return row
}

// altered is the error of an article whose text is not the one that was read.
func altered(a *onrecord.Article) error {
	return fmt.Errorf("article %s (%s): %w", a.ID, where(a), ledger.ErrAltered)
}

func isAltered(a *query.Article) bool {
	row := ledger.ArticleRow{Article: toArticle(a), GivenOutlet: a.GivenOutlet}
	return row.Altered()
}

// alteredOf are those of some articles whose text is not the one that was read.
func alteredOf(ctx context.Context, q *query.Queries, ids []string) (map[string]bool, error) {
	sizes, err := picked(ctx, ids, q.TextSizes)
	if err != nil {
		return nil, err
	}
	list := map[string]bool{}
	for len(sizes) > 0 {
		var some []string
		some, sizes = fewMB(sizes)
		found, err := picked(ctx, some, q.Originals)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if isAltered(&found[i]) {
				list[found[i].ID] = true
			}
		}
	}
	return list, nil
}

// asItLies is the row of an article whatever its text.
func asItLies(_ *decoder, r *query.ArticlesRow) ledger.ArticleRow {
	return ledger.ArticleRow{Article: toArticle(&r.Article), Model: r.Article.Model, Story: r.Story, Report: r.Report, Version: int(r.Article.Version), Current: r.Article.Newest, GivenOutlet: r.Article.GivenOutlet}
}

func toStatementRow(d *decoder, r *query.StatementRowsRow) ledger.StatementRow {
	row := ledger.StatementRow{
		Statement: toStatement(d, &r.Statement), Model: r.Statement.Model, SpeakerName: r.SpeakerName, Named: r.SpeakerKind != "" && r.SpeakerKind != onrecord.Unnamed,
		Unnamed: d.words(r.Unnamed), Anonymity: d.spans(r.Anonymity), Utterance: r.Utterance, ArticleSpeaker: r.Statement.Speaker,
	}
	row.Speaker = r.Across
	return row
}

func articleRows(ctx context.Context, q *query.Queries, ids []string) ([]ledger.ArticleRow, error) {
	rows, err := picked(ctx, ids, q.Articles)
	return each(rows, err, toArticleRow)
}

func statementRows(ctx context.Context, q *query.Queries, articles []string) ([]ledger.StatementRow, error) {
	rows, err := picked(ctx, articles, q.StatementRows)
	return each(rows, err, toStatementRow)
}

func statementsByID(ctx context.Context, q *query.Queries, ids []string) ([]ledger.StatementRow, error) {
	rows, err := picked(ctx, ids, q.StatementsByID)
	return each(rows, err, func(d *decoder, r *query.StatementsByIDRow) ledger.StatementRow {
		return toStatementRow(d, (*query.StatementRowsRow)(r))
	})
}

func figureRows(ctx context.Context, q *query.Queries, articles []string) ([]ledger.FigureRow, error) {
	rows, err := picked(ctx, articles, q.FigureRows)
	return each(rows, err, func(d *decoder, r *query.FigureRowsRow) ledger.FigureRow {
		return ledger.FigureRow{Figure: toFigure(d, &r.Figure), Model: r.Figure.Model, Measure: r.Measure, Complement: r.Complement}
	})
}

func figuresByID(ctx context.Context, q *query.Queries, ids []string) ([]ledger.FigureRow, error) {
	rows, err := picked(ctx, ids, q.FiguresByID)
	return each(rows, err, func(d *decoder, r *query.FiguresByIDRow) ledger.FigureRow {
		return ledger.FigureRow{Figure: toFigure(d, &r.Figure), Model: r.Figure.Model, Measure: r.Measure, Complement: r.Complement}
	})
}

func speakersByID(ctx context.Context, q *query.Queries, ids []string) ([]ledger.SpeakerRow, error) {
	rows, err := picked(ctx, ids, q.SpeakersByID)
	speakers, err := each(rows, err, toSpeaker)
	if err != nil {
		return nil, err
	}
	return speakers, leadAcross(ctx, q, speakers)
}

// leadAcross lets leads name speakers across articles.
func leadAcross(ctx context.Context, q *query.Queries, speakers []ledger.SpeakerRow) error {
	// They are kept with a speaker a speaker of one article, as the speakers across articles change with the record.
	var leads []string
	for i := range speakers {
		for _, lead := range speakers[i].Leads {
			leads = append(leads, lead.Speaker)
		}
	}
	links, err := picked(ctx, once(leads), q.SpeakersLinked)
	across := make(map[string]string, len(links))
	for _, k := range links {
		across[k.ArticleSpeaker] = k.Speaker
	}
	for i := range speakers {
		for k := range speakers[i].Leads {
			lead := &speakers[i].Leads[k]
			lead.Speaker = cmp.Or(across[lead.Speaker], lead.Speaker)
		}
	}
	return err
}

func copiesByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Copy, error) {
	rows, err := picked(ctx, ids, q.Copies)
	return each(rows, err, func(d *decoder, c *query.Copy) onrecord.Copy {
		d.row = c.ID
		return onrecord.Copy{
			ID: c.ID, Article: c.Article, Origin: c.Origin, Kind: c.Kind, Share: c.Share, Passages: d.passages(c.Passages),
			Basis: d.words(c.Basis), Confidence: c.Confidence,
		}
	})
}

func reportsByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Report, error) {
	rows, err := picked(ctx, ids, q.Reports)
	if err != nil {
		return nil, err
	}
	articles, err := picked(ctx, ids, q.ReportArticles)
	of := map[string][]string{}
	for _, a := range articles {
		of[a.Report] = append(of[a.Report], a.Article)
	}
	return each(rows, err, func(d *decoder, r *query.Report) onrecord.Report {
		d.row = r.ID
		return onrecord.Report{ID: r.ID, Origin: r.Origin, Articles: of[r.ID], Basis: d.words(r.Basis), Confidence: r.Confidence}
	})
}

func storiesByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Story, error) {
	rows, err := picked(ctx, ids, q.StoriesByID)
	if err != nil {
		return nil, err
	}
	articles, err := picked(ctx, ids, q.StoryArticles)
	of := map[string][]string{}
	for _, a := range articles {
		of[a.Story] = append(of[a.Story], a.Article)
	}
	return each(rows, err, func(d *decoder, s *query.Story) onrecord.Story {
		d.row = s.ID
		return onrecord.Story{
			ID: s.ID, Title: s.Title, Articles: of[s.ID], Reports: int(s.Reports), First: instant(s.FirstDay), Last: instant(s.LastDay), Basis: d.words(s.Basis), Confidence: s.Confidence,
		}
	})
}

func utterancesByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Utterance, error) {
	rows, err := picked(ctx, ids, q.Utterances)
	if err != nil {
		return nil, err
	}
	renditions, err := picked(ctx, ids, q.Renditions)
	if err != nil {
		return nil, err
	}
	statements := map[string][]string{}
	for _, r := range renditions {
		statements[r.Utterance] = append(statements[r.Utterance], r.Statement)
	}
	drifts, err := picked(ctx, ids, q.Drifts)
	drift := map[string][]onrecord.Drift{}
	for _, d := range drifts {
		drift[d.Utterance] = append(drift[d.Utterance], onrecord.Drift{Statement: d.Statement, Kind: d.Kind, From: d.Was, To: d.Became})
	}
	return each(rows, err, func(d *decoder, r *query.UtterancesRow) onrecord.Utterance {
		u := &r.Utterance
		d.row = u.ID
		return onrecord.Utterance{
			ID: u.ID, Speaker: r.Across, Wording: u.Wording, Statements: statements[u.ID], First: instant(u.FirstDay), Drift: drift[u.ID],
			Basis: d.words(u.Basis), Confidence: u.Confidence,
		}
	})
}

func measuresByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Measure, error) {
	rows, err := picked(ctx, ids, q.Measures)
	if err != nil {
		return nil, err
	}
	answers, err := picked(ctx, ids, q.Answers)
	of := map[string][]onrecord.MeasurePoint{}
	for _, a := range answers {
		of[a.Measure] = append(of[a.Measure], onrecord.MeasurePoint{Figure: a.Figure, Complement: a.Complement})
	}
	return each(rows, err, func(d *decoder, m *query.Measure) onrecord.Measure {
		d.row = m.ID
		return onrecord.Measure{ID: m.ID, Label: m.Label, Unit: m.Unit, Figures: of[m.ID], Basis: d.words(m.Basis), Confidence: m.Confidence}
	})
}

func disputesByID(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Dispute, error) {
	rows, err := picked(ctx, ids, q.Disputes)
	if err != nil {
		return nil, err
	}
	members, err := picked(ctx, ids, q.Sides)
	of := map[string]*[2][]string{}
	for _, m := range members {
		if of[m.Dispute] == nil {
			of[m.Dispute] = new([2][]string)
		}
		of[m.Dispute][m.Side&1] = append(of[m.Dispute][m.Side&1], m.Member)
	}
	return each(rows, err, func(_ *decoder, d *query.Dispute) onrecord.Dispute {
		row := onrecord.Dispute{ID: d.ID, Kind: d.Kind, Basis: d.Basis, Confidence: d.Confidence}
		if s := of[d.ID]; s != nil {
			row.Sides = *s
		}
		return row
	})
}

// Reviews: see [ledger.Ledger].
func (l *Ledger) Reviews(ctx context.Context, row string) (list []onrecord.Review, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Reviews(ctx, row)
		list, err = each(rows, err, toReview)
		return err
	})
	return list, err
}

// Rows: see [ledger.Ledger].
func (l *Ledger) Rows(ctx context.Context, story string, f func(row any) error) error {
	var stop error // f's own
	err := l.look(ctx, func(q *query.Queries) error {
		kinds, err := kindsOf(ctx, q, story)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if err := k.all(func(row any) error { stop = f(row); return stop }); err != nil {
				return err
			}
		}
		return nil
	})
	if stop != nil {
		return stop
	}
	return err
}

// A kind is the rows of one kind.
type kind struct {
	after func(last string) ([]string, error)             // the next page of ids after one
	give  func(ids []string, f func(row any) error) error // calls f with the rows of ids, by id
}

// all gives all rows of the kind to f, by id.
func (k kind) all(f func(row any) error) error {
	for last := ""; ; {
		ids, err := k.after(last)
		if err != nil || len(ids) == 0 {
			return err
		}
		last = ids[len(ids)-1]
		if err := k.give(ids, f); err != nil {
			return err
		}
	}
}

// kindsOf are the kinds of rows in the order of the export contract.
func kindsOf(ctx context.Context, q *query.Queries, story string) ([]kind, error) {
	all := []kind{
		{func(last string) ([]string, error) {
			return q.ArticlesAfter(ctx, query.ArticlesAfterParams{ID: last, Page: page})
		}, func(ids []string, f func(row any) error) error {
			sizes, err := picked(ctx, ids, q.TextSizes)
			if err != nil {
				return err
			}
			return giveArticles(ctx, q, sizes, f)
		}},
		kindOf(func(last string) ([]string, error) {
			return q.SpeakersAfter(ctx, query.SpeakersAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]ledger.SpeakerRow, error) { return speakersByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.StatementsAfter(ctx, query.StatementsAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]ledger.StatementRow, error) { return statementsByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.FiguresAfter(ctx, query.FiguresAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]ledger.FigureRow, error) { return figuresByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.TimesAfter(ctx, query.TimesAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Time, error) {
			rows, err := picked(ctx, ids, q.TimesByID)
			return each(rows, err, toTime)
		}),
		kindOf(func(last string) ([]string, error) {
			return q.CopiesAfter(ctx, query.CopiesAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Copy, error) { return copiesByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.StoriesAfter(ctx, query.StoriesAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Story, error) { return storiesByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.UtterancesAfter(ctx, query.UtterancesAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Utterance, error) { return utterancesByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.MeasuresAfter(ctx, query.MeasuresAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Measure, error) { return measuresByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.DisputesAfter(ctx, query.DisputesAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Dispute, error) { return disputesByID(ctx, q, ids) }),
		kindOf(func(last string) ([]string, error) {
			return q.ReviewsAfter(ctx, query.ReviewsAfterParams{ID: last, Page: page})
		}, func(ids []string) ([]onrecord.Review, error) {
			rows, err := picked(ctx, ids, q.ReviewsByID)
			return each(rows, err, toReview)
		}),
	}
	if story == "" {
		return all, nil
	}
	lists, err := idsOfStory(ctx, q, story)
	if err != nil {
		return nil, err
	}
	for i, ids := range lists {
		all[i].after = func(last string) ([]string, error) {
			at, found := slices.BinarySearch(ids, last)
			if found {
				at++
			}
			return ids[at:min(at+page, len(ids))], nil
		}
	}
	return all, nil
}

func kindOf[T any](after func(last string) ([]string, error), load func(ids []string) ([]T, error)) kind {
	return kind{after, func(ids []string, f func(row any) error) error {
		rows, err := load(ids)
		for i := range rows {
			if err := f(&rows[i]); err != nil {
				return err
			}
		}
		return err
	}}
}

// giveArticles calls f with articles, altered ones too, of which it has a few MB of text at a time, or one text that is longer.
func giveArticles(ctx context.Context, q *query.Queries, sizes []query.TextSizesRow, f func(row any) error) error {
	for len(sizes) > 0 {
		var some []string
		some, sizes = fewMB(sizes)
		found, err := picked(ctx, some, q.Articles)
		rows, err := each(found, err, asItLies)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := f(&rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// fewMB are the first of some articles, with a few MB of text, or one text that is longer; and the rest.
func fewMB(sizes []query.TextSizesRow) (ids []string, rest []query.TextSizesRow) {
	bytes := 0
	for i, s := range sizes {
		if bytes += int(s.Bytes); i > 0 && bytes > 1<<20 {
			return ids, sizes[i:]
		}
		ids = append(ids, s.ID)
	}
	return ids, nil
}

// idsOfStory are the ids of a story's rows, sorted, one list a kind in the order of the export contract. A row across articles
// belongs to every story of its articles.
func idsOfStory(ctx context.Context, q *query.Queries, story string) ([][]string, error) {
	story, err := follow(ctx, q, story)
	if err != nil {
		return nil, err
	}
	stories, err := storiesByID(ctx, q, []string{story})
	if err != nil {
		return nil, err
	}
	if len(stories) == 0 {
		return nil, ledger.ErrNotFound
	}
	articles := stories[0].Articles
	var statements, figures, times []string
	parts, err := readings(ctx, q, articles)
	if err != nil {
		return nil, err
	}
	present := make([]string, 0, len(parts))
	for _, r := range parts {
		present = append(present, r.Article.ID)
		statements = append(statements, idsOf(r.Statements, func(s *onrecord.Statement) string { return s.ID })...)
		figures = append(figures, idsOf(r.Figures, func(f *onrecord.Figure) string { return f.ID })...)
		times = append(times, idsOf(r.Times, func(t *onrecord.Time) string { return t.ID })...)
	}
	slices.Sort(present)
	slices.Sort(statements)
	slices.Sort(figures)
	slices.Sort(times)
	lists := [][]string{present, nil, statements, figures, times, nil, {story}, nil, nil, nil, nil}
	for i, ask := range map[int]func(context.Context, string) ([]string, error){
		1: q.SpeakersOf, 5: q.CopiesOf, 7: q.UtterancesOf, 8: q.MeasuresOf, 9: q.DisputesOf,
	} {
		if lists[i], err = pickedIDs(ctx, articles, ask); err != nil {
			return nil, err
		}
	}
	lists[10], err = pickedIDs(ctx, slices.Concat(lists[:10]...), q.ReviewsOf)
	return lists, err
}

// Counts: see [ledger.Ledger].
func (l *Ledger) Counts(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	err := l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Counts(ctx)
		for _, r := range rows {
			counts[r.Kind] = int(r.Rows)
		}
		return err
	})
	return counts, err
}

// Totals: see [ledger.Ledger].
func (l *Ledger) Totals(ctx context.Context) (totals map[string]int, more bool, err error) {
	totals = map[string]int{}
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Totals(ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			totals[r.Kind] = int(r.Rows)
		}
		s, err := q.State(ctx)
		more = s.Linked != s.Generation && s.Generation > 0
		return err
	})
	return totals, more, err
}

// Status: see [ledger.Ledger].
func (l *Ledger) Status(ctx context.Context) (s ledger.Status, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		state, err := q.State(ctx)
		s.Linked = state.Linked == state.Generation || state.Generation == 0
		for last := ""; err == nil; {
			var next []string
			if next, err = q.NextModel(ctx, last); len(next) == 0 {
				break
			}
			last = next[0]
			s.Models = append(s.Models, last)
		}
		if err == nil {
			s.Unread, err = unread(ctx, q)
			s.Linked = s.Linked && !s.Unread
		}
		if err == nil {
			s.Unfinished, err = q.Unfinished(ctx)
		}
		return err
	})
	return s, err
}

// Models: see [ledger.Ledger].
func (l *Ledger) Models(ctx context.Context) (map[string]int, error) {
	models := map[string]int{}
	err := l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Models(ctx)
		for _, r := range rows {
			models[r.Model] = int(r.Articles)
		}
		return err
	})
	return models, err
}

// ReadByOthers: see [ledger.Ledger].
func (l *Ledger) ReadByOthers(ctx context.Context, model, after string) (list []onrecord.Article, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		found, err := q.ReadByOthers(ctx, query.ReadByOthersParams{Model: model, ID: after, Page: page})
		if err != nil || len(found) == 0 {
			return err
		}
		sizes := make([]query.TextSizesRow, len(found))
		for i, f := range found {
			sizes[i] = query.TextSizesRow(f)
		}
		some, _ := fewMB(sizes)
		list, err = toRead(ctx, q, some)
		return err
	})
	return list, err
}

// toRead are articles as they came: what is to be read.
func toRead(ctx context.Context, q *query.Queries, ids []string) ([]onrecord.Article, error) {
	rows, err := picked(ctx, ids, q.Articles)
	list, err := each(rows, err, func(_ *decoder, a *query.ArticlesRow) onrecord.Article {
		article := toArticle(&a.Article)
		article.Language = a.Article.GivenLanguage // as it came: the language found is the reading's
		article.Outlet = a.Article.GivenOutlet
		return article
	})
	if err != nil {
		return nil, err
	}
	return list, asGiven(ctx, q, list)
}

// Begin: see [ledger.Ledger].
func (l *Ledger) Begin(ctx context.Context, input []string) error {
	return l.input(ctx, input, (*query.Queries).BeginInput)
}

// End: see [ledger.Ledger].
func (l *Ledger) End(ctx context.Context, input []string) error {
	return l.input(ctx, input, (*query.Queries).EndInput)
}

func (l *Ledger) input(ctx context.Context, input []string, note func(q *query.Queries, ctx context.Context, list string) error) error {
	if len(input) == 0 {
		return nil
	}
	return l.change(ctx, func(w *writer) error { return note(w.Queries, ctx, jsonList(input)) })
}

// mostRefusals is how many refusals of a read are kept: the first.
const mostRefusals = 1000

// SetRefusals: see [ledger.Ledger].
func (l *Ledger) SetRefusals(ctx context.Context, list []ledger.Refusal) error {
	return l.change(ctx, func(w *writer) error {
		if err := w.ClearRefusals(ctx); err != nil {
			return err
		}
		for i, r := range list[:min(len(list), mostRefusals)] {
			err := w.PutRefusal(ctx, query.PutRefusalParams{Ordinal: int64(i), File: r.File, Line: int64(r.Line), Reason: r.Reason})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Refusals: see [ledger.Ledger].
func (l *Ledger) Refusals(ctx context.Context) (list []ledger.Refusal, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Refusals(ctx)
		list, err = each(rows, err, func(_ *decoder, r *query.Refusal) ledger.Refusal {
			return ledger.Refusal{File: r.File, Line: int(r.Line), Reason: r.Reason}
		})
		return err
	})
	return list, err
}
