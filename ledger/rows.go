package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/internal/query"
)

// The forms that values take in columns: see the head of the schema.

func micros(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: true}
}

func instant(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.UnixMicro(n.Int64).UTC()
}

func interval(from, to sql.NullInt64, basis string) onrecord.Interval {
	return onrecord.Interval{From: instant(from), To: instant(to), Basis: basis}
}

func parseSpans(s string) []onrecord.Span {
	var list []onrecord.Span
	for _, f := range strings.Fields(s) {
		from, to, _ := strings.Cut(f, "-")
		start, _ := strconv.Atoi(from)
		end, _ := strconv.Atoi(to)
		list = append(list, onrecord.Span{Start: start, End: end})
	}
	return list
}

func passages(list []onrecord.Aligned) string {
	flat := make([]onrecord.Span, 0, 2*len(list))
	for _, a := range list {
		flat = append(flat, a.Span, a.Origin)
	}
	return onrecord.FormatSpans(flat)
}

func parsePassages(s string) []onrecord.Aligned {
	var list []onrecord.Aligned
	for pair := range slices.Chunk(parseSpans(s), 2) {
		if len(pair) == 2 {
			list = append(list, onrecord.Aligned{Span: pair[0], Origin: pair[1]})
		}
	}
	return list
}

// words is a list as JSON, "" when empty.
func words(list []string) string { return list2json(list) }

func learned(list []onrecord.Alias) string { return list2json(list) }

func list2json[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	b, err := json.Marshal(list)
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	return string(b)
}

func parseList[T any](s string) []T {
	if s == "" {
		return nil
	}
	var list []T
	if json.Unmarshal([]byte(s), &list) != nil {
		return nil
	}
	return list
}

// contentText is the text of a statement's content, its pieces joined by an ellipsis.
func contentText(text string, content []onrecord.Span) string {
	pieces := make([]string, len(content))
	for i, s := range content {
		pieces[i] = s.Of(text)
	}
	return strings.Join(pieces, " … ")
}

// fold is a name for looking up: lower case without accents, its words each after one space; "" without letters and digits.
func fold(name string) string {
	var b strings.Builder
	gap := true
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		default:
			gap = true
		}
	}
	return b.String()
}

// page is the number of ids that one query is asked about.
const page = 500

// picked asks a query about ids, a page at a time. Texts that are no ids are left out.
func picked[T any](ctx context.Context, ids []string, ask func(context.Context, string) ([]T, error)) ([]T, error) {
	var all []T
	for some := range slices.Chunk(ids, page) {
		var b strings.Builder
		for _, id := range some {
			if isID(id) {
				b.WriteString(id)
			}
		}
		if b.Len() == 0 {
			continue
		}
		rows, err := ask(ctx, b.String())
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

// pickedIDs asks for ids: sorted, each once.
func pickedIDs(ctx context.Context, ids []string, ask func(context.Context, string) ([]string, error)) ([]string, error) {
	found, err := picked(ctx, ids, ask)
	slices.Sort(found)
	return slices.Compact(found), err
}

// isID says whether s has the form of an id.
func isID(s string) bool {
	if len(s) != idLength {
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

func toStatement(s *query.Statement) onrecord.Statement {
	return onrecord.Statement{
		ID: s.ID, Article: s.Article, Parent: s.Parent, Kind: s.Kind, Source: parseSpans(s.Source), Cue: parseSpans(s.Cue), Content: parseSpans(s.Content),
		Speaker: s.Speaker, SpeakerConfidence: s.SpeakerConfidence, Addressee: parseSpans(s.Addressee), Relays: parseList[string](s.Relays), Stance: s.Stance, Denied: s.Denied, Said: interval(s.SaidFrom, s.SaidTo, s.SaidBasis),
		Headline: s.Headline, Confidence: s.Confidence,
	}
}

func toFigure(f *query.Figure) onrecord.Figure {
	return onrecord.Figure{
		ID: f.ID, Article: f.Article, Span: onrecord.Span{Start: int(f.SpanStart), End: int(f.SpanEnd)}, Low: f.Low, High: f.High,
		Comparator: f.Comparator, Change: f.Change, Unit: f.Unit, Thing: f.Thing, ThingSpan: onrecord.Span{Start: int(f.ThingStart), End: int(f.ThingEnd)},
		ShareOf: f.ShareOf, Role: f.Role, AsOf: interval(f.AsOfFrom, f.AsOfTo, f.AsOfBasis), Vague: f.Vague, Statement: f.Statement, ConversionOf: f.ConversionOf, Confidence: f.Confidence,
	}
}

func toTime(t *query.Time) onrecord.Time {
	return onrecord.Time{
		ID: t.ID, Article: t.Article, Span: onrecord.Span{Start: int(t.SpanStart), End: int(t.SpanEnd)}, Timex: t.Timex,
		Interval: interval(t.IntervalFrom, t.IntervalTo, t.IntervalBasis), Grain: t.Grain, Kind: t.Kind, Basis: t.Basis, Confidence: t.Confidence,
	}
}

func toArticleSpeaker(p *query.ArticleSpeaker) onrecord.Speaker {
	return onrecord.Speaker{
		ID: p.ID, Article: p.Article, Name: p.Name, Kind: p.Kind, Aliases: parseList[string](p.Aliases), Roles: parseList[string](p.Roles),
		State: p.State, Spans: parseSpans(p.Spans), Unnamed: parseList[string](p.Unnamed), Anonymity: parseSpans(p.Anonymity), Learned: parseList[onrecord.Alias](p.Learned), Confidence: p.Confidence,
	}
}

func toSpeaker(p *query.Speaker) SpeakerRow {
	return SpeakerRow{Statements: int(p.Statements), Articles: int(p.Articles), SpokenOf: int(p.SpokenOf), Speaker: onrecord.Speaker{
		ID: p.ID, Name: p.Name, Kind: p.Kind, Aliases: parseList[string](p.Aliases), Roles: parseList[string](p.Roles), State: p.State,
		Learned: parseList[onrecord.Alias](p.Learned), Confidence: p.Confidence, ExternalID: p.External,
		Tenures: parseList[onrecord.Tenure](p.Tenures), Leads: parseList[onrecord.Lead](p.Leads), Basis: parseList[string](p.Basis),
	}}
}

func toReview(r *query.Review) onrecord.Review {
	return onrecord.Review{
		ID: r.ID, Row: r.Subject, Action: r.Action, By: r.Person, Why: r.Reason, At: time.UnixMicro(r.MadeAt).UTC(), Before: r.Was, After: r.Became,
	}
}

func each[From, To any](rows []From, err error, to func(*From) To) ([]To, error) {
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	list := make([]To, len(rows))
	for i := range rows {
		list[i] = to(&rows[i])
	}
	return list, nil
}

// Readings returns the readings of the current versions of all articles, by article id, with the articles' texts.
func (l *Ledger) Readings(ctx context.Context) ([]*onrecord.Reading, error) {
	var all []*onrecord.Reading
	err := l.look(ctx, func(q *query.Queries) error {
		s, err := q.State(ctx)
		if err != nil {
			return err
		}
		for last := ""; ; {
			ids, err := q.ArticlesAfter(ctx, query.ArticlesAfterParams{ID: last, Page: page})
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				break
			}
			last = ids[len(ids)-1]
			some, err := readings(ctx, q, ids)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		l.taken.Store(s.Generation)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all, nil
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
		list[i] = &onrecord.Reading{Article: &a, Model: articles[i].Article.Model}
		of[a.ID] = list[i]
	}
	statements, err := picked(ctx, ids, q.Statements)
	if err != nil {
		return nil, err
	}
	for i := range statements {
		r := of[statements[i].Article]
		r.Statements = append(r.Statements, toStatement(&statements[i]))
	}
	figures, err := picked(ctx, ids, q.Figures)
	if err != nil {
		return nil, err
	}
	for i := range figures {
		r := of[figures[i].Article]
		r.Figures = append(r.Figures, toFigure(&figures[i]))
	}
	times, err := picked(ctx, ids, q.Times)
	if err != nil {
		return nil, err
	}
	for i := range times {
		r := of[times[i].Article]
		r.Times = append(r.Times, toTime(&times[i]))
	}
	speakers, err := picked(ctx, ids, q.ArticleSpeakers)
	if err != nil {
		return nil, err
	}
	for i := range speakers {
		r := of[speakers[i].Article]
		r.Speakers = append(r.Speakers, toArticleSpeaker(&speakers[i]))
	}
	asides, err := picked(ctx, ids, q.Asides)
	if err != nil {
		return nil, err
	}
	for i := range asides {
		r := of[asides[i].Article]
		r.Asides = append(r.Asides, toAside(&asides[i]))
	}
	return list, nil
}

func toAside(a *query.Aside) onrecord.Aside {
	return onrecord.Aside{Span: onrecord.Span{Start: int(a.SpanStart), End: int(a.SpanEnd)}, Kind: a.Kind, Confidence: a.Confidence}
}

// The rows of one kind, by ids or by articles.

func toArticleRow(r *query.ArticlesRow) ArticleRow {
	return ArticleRow{Article: toArticle(&r.Article), Model: r.Article.Model, Story: r.Story, Report: r.Report, Version: int(r.Article.Version), Current: r.Article.Newest}
}

func toStatementRow(r *query.StatementRowsRow) StatementRow {
	row := StatementRow{
		Statement: toStatement(&r.Statement), Model: r.Statement.Model, SpeakerName: r.SpeakerName, Named: r.SpeakerKind != "" && r.SpeakerKind != onrecord.Unnamed,
		Unnamed: parseList[string](r.Unnamed), Anonymity: parseSpans(r.Anonymity), Utterance: r.Utterance, ArticleSpeaker: r.Statement.Speaker,
	}
	row.Speaker = r.Across
	return row
}

func articleRows(ctx context.Context, q *query.Queries, ids []string) ([]ArticleRow, error) {
	rows, err := picked(ctx, ids, q.Articles)
	return each(rows, err, toArticleRow)
}

func statementRows(ctx context.Context, q *query.Queries, articles []string) ([]StatementRow, error) {
	rows, err := picked(ctx, articles, q.StatementRows)
	return each(rows, err, toStatementRow)
}

func statementsByID(ctx context.Context, q *query.Queries, ids []string) ([]StatementRow, error) {
	rows, err := picked(ctx, ids, q.StatementsByID)
	return each(rows, err, func(r *query.StatementsByIDRow) StatementRow {
		return toStatementRow((*query.StatementRowsRow)(r))
	})
}

func figureRows(ctx context.Context, q *query.Queries, articles []string) ([]FigureRow, error) {
	rows, err := picked(ctx, articles, q.FigureRows)
	return each(rows, err, func(r *query.FigureRowsRow) FigureRow {
		return FigureRow{Figure: toFigure(&r.Figure), Model: r.Figure.Model, Measure: r.Measure, Complement: r.Complement}
	})
}

func figuresByID(ctx context.Context, q *query.Queries, ids []string) ([]FigureRow, error) {
	rows, err := picked(ctx, ids, q.FiguresByID)
	return each(rows, err, func(r *query.FiguresByIDRow) FigureRow {
		return FigureRow{Figure: toFigure(&r.Figure), Model: r.Figure.Model, Measure: r.Measure, Complement: r.Complement}
	})
}

func speakersByID(ctx context.Context, q *query.Queries, ids []string) ([]SpeakerRow, error) {
	rows, err := picked(ctx, ids, q.SpeakersByID)
	speakers, err := each(rows, err, toSpeaker)
	if err != nil {
		return nil, err
	}
	return speakers, leadAcross(ctx, q, speakers)
}

// leadAcross lets leads name speakers across articles.
func leadAcross(ctx context.Context, q *query.Queries, speakers []SpeakerRow) error {
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
	return each(rows, err, func(c *query.Copy) onrecord.Copy {
		return onrecord.Copy{
			ID: c.ID, Article: c.Article, Origin: c.Origin, Kind: c.Kind, Share: c.Share, Passages: parsePassages(c.Passages),
			Basis: parseList[string](c.Basis), Confidence: c.Confidence,
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
	return each(rows, err, func(r *query.Report) onrecord.Report {
		return onrecord.Report{ID: r.ID, Origin: r.Origin, Articles: of[r.ID], Basis: parseList[string](r.Basis), Confidence: r.Confidence}
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
	return each(rows, err, func(s *query.Story) onrecord.Story {
		return onrecord.Story{
			ID: s.ID, Title: s.Title, Articles: of[s.ID], Reports: int(s.Reports), First: instant(s.FirstDay), Last: instant(s.LastDay), Basis: parseList[string](s.Basis), Confidence: s.Confidence,
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
	return each(rows, err, func(r *query.UtterancesRow) onrecord.Utterance {
		u := &r.Utterance
		return onrecord.Utterance{
			ID: u.ID, Speaker: r.Across, Wording: u.Wording, Statements: statements[u.ID], First: instant(u.FirstDay), Drift: drift[u.ID],
			Basis: parseList[string](u.Basis), Confidence: u.Confidence,
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
	return each(rows, err, func(m *query.Measure) onrecord.Measure {
		return onrecord.Measure{ID: m.ID, Label: m.Label, Unit: m.Unit, Figures: of[m.ID], Basis: parseList[string](m.Basis), Confidence: m.Confidence}
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
	return each(rows, err, func(d *query.Dispute) onrecord.Dispute {
		row := onrecord.Dispute{ID: d.ID, Kind: d.Kind, Basis: d.Basis, Confidence: d.Confidence}
		if s := of[d.ID]; s != nil {
			row.Sides = *s
		}
		return row
	})
}

// Reviews returns the reviews of a row, oldest first: the last holds.
func (l *Ledger) Reviews(ctx context.Context, row string) (list []onrecord.Review, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Reviews(ctx, row)
		list, err = each(rows, err, toReview)
		return err
	})
	return list, err
}

// Rows calls f with pointers to rows in the order of the export contract: *ArticleRow, *SpeakerRow,
// *StatementRow, *FigureRow, *onrecord.Time, Copy, Story, Utterance, Measure, Dispute, Review; of one story where story is not "".
// Within a kind rows come by id. Article texts are included; articles are current versions. All rows are of one state of the
// ledger, whoever writes meanwhile. It stops at f's first error and returns it as it is.
func (l *Ledger) Rows(ctx context.Context, story string, f func(row any) error) error {
	var stop error // f's own
	err := l.look(ctx, func(q *query.Queries) error {
		kinds, err := kindsOf(ctx, q, story)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			if err := k(func(row any) error { stop = f(row); return stop }); err != nil {
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

// A kind gives all rows of one kind to f, by id.
type kind func(f func(row any) error) error

// kindsOf are the kinds of rows in the order of the export contract.
func kindsOf(ctx context.Context, q *query.Queries, story string) ([]kind, error) {
	type after = func(last string) ([]string, error)
	all := []after{
		func(last string) ([]string, error) {
			return q.ArticlesAfter(ctx, query.ArticlesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.SpeakersAfter(ctx, query.SpeakersAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.StatementsAfter(ctx, query.StatementsAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.FiguresAfter(ctx, query.FiguresAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.TimesAfter(ctx, query.TimesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.CopiesAfter(ctx, query.CopiesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.StoriesAfter(ctx, query.StoriesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.UtterancesAfter(ctx, query.UtterancesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.MeasuresAfter(ctx, query.MeasuresAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.DisputesAfter(ctx, query.DisputesAfterParams{ID: last, Page: page})
		},
		func(last string) ([]string, error) {
			return q.ReviewsAfter(ctx, query.ReviewsAfterParams{ID: last, Page: page})
		},
	}
	if story != "" {
		lists, err := idsOfStory(ctx, q, story)
		if err != nil {
			return nil, err
		}
		for i, ids := range lists {
			all[i] = func(last string) ([]string, error) {
				at, found := slices.BinarySearch(ids, last)
				if found {
					at++
				}
				return ids[at:min(at+page, len(ids))], nil
			}
		}
	}
	load := []func(ids []string, f func(any) error) error{
		func(ids []string, f func(any) error) error { return give(articleRows(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(speakersByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(statementsByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(figuresByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error {
			rows, err := picked(ctx, ids, q.TimesByID)
			return give(each(rows, err, toTime))(f)
		},
		func(ids []string, f func(any) error) error { return give(copiesByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(storiesByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(utterancesByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(measuresByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error { return give(disputesByID(ctx, q, ids))(f) },
		func(ids []string, f func(any) error) error {
			rows, err := picked(ctx, ids, q.ReviewsByID)
			return give(each(rows, err, toReview))(f)
		},
	}
	kinds := make([]kind, len(all))
	for i := range all {
		kinds[i] = func(f func(any) error) error {
			for last := ""; ; {
				ids, err := all[i](last)
				if err != nil || len(ids) == 0 {
					return err
				}
				last = ids[len(ids)-1]
				if err := load[i](ids, f); err != nil {
					return err
				}
			}
		}
	}
	return kinds, nil
}

func give[T any](rows []T, err error) func(f func(any) error) error {
	return func(f func(any) error) error {
		for i := range rows {
			if err := f(&rows[i]); err != nil {
				return err
			}
		}
		return err
	}
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
		return nil, ErrNotFound
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
		for i := range r.Statements {
			statements = append(statements, r.Statements[i].ID)
		}
		for i := range r.Figures {
			figures = append(figures, r.Figures[i].ID)
		}
		for i := range r.Times {
			times = append(times, r.Times[i].ID)
		}
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

// Counts are the numbers of rows by kind, in the words of the export contract ("article", "statement", ...). A figure and its
// conversions count once.
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

// Totals are the numbers of articles, statements, figures, stories and disputes ("article", ...) as they were linked last, and
// whether the ledger has read anything that is not linked yet. Other than [Ledger.Counts] it counts nothing: it is as fast in a
// large ledger.
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

// A Status is how far the record is made.
type Status struct {
	// Linked says whether the links are of all articles and readings that the ledger holds. Where they are not, as while a read goes on
	// or after one that was stopped, copies, reports, stories, speakers, utterances, measures and disputes are not known: not none.
	Linked bool
}

// Status says how far the record is made. It counts nothing: it is as fast in a large ledger.
func (l *Ledger) Status(ctx context.Context) (s Status, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		state, err := q.State(ctx)
		s.Linked = state.Linked == state.Generation || state.Generation == 0
		return err
	})
	return s, err
}

// A Refusal is a file or a line of one that a read could not take.
type Refusal struct {
	File   string
	Line   int // 0 for the whole file
	Reason string
}

// mostRefusals is how many refusals of a read are kept: the first.
const mostRefusals = 1000

// SetRefusals keeps what a read refused in place of what the read before did.
func (l *Ledger) SetRefusals(ctx context.Context, list []Refusal) error {
	return l.change(ctx, func(_ *sql.Tx, q *query.Queries) error {
		if err := q.ClearRefusals(ctx); err != nil {
			return err
		}
		for i, r := range list[:min(len(list), mostRefusals)] {
			err := q.PutRefusal(ctx, query.PutRefusalParams{Ordinal: int64(i), File: r.File, Line: int64(r.Line), Reason: r.Reason})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Refusals are what the last read refused, as far as they were kept.
func (l *Ledger) Refusals(ctx context.Context) (list []Refusal, err error) {
	err = l.look(ctx, func(q *query.Queries) error {
		rows, err := q.Refusals(ctx)
		list, err = each(rows, err, func(r *query.Refusal) Refusal { return Refusal{r.File, int(r.Line), r.Reason} })
		return err
	})
	return list, err
}
