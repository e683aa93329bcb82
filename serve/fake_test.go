package serve

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// A record is a ledger in memory, filled by hand: what the pages ask of a ledger, answered from slices.
type record struct {
	readings []*onrecord.Reading
	links    onrecord.Links
	refused  []ledger.Refusal
	unlinked bool     // something was read that is not linked
	models   []string // versions that have read articles
	fail     error    // returned by every query when not nil
}

func (r *record) reading(article string) *onrecord.Reading {
	for _, x := range r.readings {
		if x.Article.ID == article {
			return x
		}
	}
	return nil
}

func (r *record) row(article string) ledger.ArticleRow {
	x := r.reading(article)
	row := ledger.ArticleRow{Article: *x.Article, Model: x.Model, Version: 1, Current: true}
	for _, s := range r.links.Stories {
		if slices.Contains(s.Articles, article) {
			row.Story = s.ID
		}
	}
	for _, s := range r.links.Reports {
		if slices.Contains(s.Articles, article) {
			row.Report = s.ID
		}
	}
	if x.Article.URL == "" {
		return row
	}
	for _, y := range r.readings { // readings come by age
		if y.Article.URL == x.Article.URL {
			if y == x {
				continue
			}
			if row.Current && slices.Index(r.readings, y) < slices.Index(r.readings, x) {
				row.Version++
			} else {
				row.Current = false
			}
		}
	}
	return row
}

func (r *record) statement(s onrecord.Statement) ledger.StatementRow {
	row := ledger.StatementRow{Statement: s, Model: "by hand"}
	row.Speaker = r.links.SpeakerOf[s.Speaker]
	for _, p := range r.links.Speakers {
		if p.ID == row.Speaker {
			row.SpeakerName, row.Named = p.Name, p.Named()
		}
	}
	for _, u := range r.links.Utterances {
		if slices.Contains(u.Statements, s.ID) {
			row.Utterance = u.ID
		}
	}
	return row
}

func (r *record) figure(f onrecord.Figure) ledger.FigureRow {
	row := ledger.FigureRow{Figure: f, Model: "by hand"}
	for _, m := range r.links.Measures {
		for _, a := range m.Figures {
			if a.Figure == f.ID {
				row.Measure, row.Complement = m.ID, a.Complement
			}
		}
	}
	return row
}

func (r *record) Stories(_ context.Context, f ledger.StoryFilter) (rows []ledger.StoryRow, total int, err error) {
	if r.fail != nil {
		return nil, 0, r.fail
	}
	for _, s := range r.links.Stories {
		v, _ := r.Story(context.Background(), s.ID)
		row := ledger.StoryRow{
			ID: s.ID, Title: s.Title, Articles: len(s.Articles), Reports: s.Reports, Statements: len(v.Statements), Figures: len(v.Figures),
			Speakers: len(v.Speakers), Disputes: len(v.Disputes), Confidence: s.Confidence, First: s.First, Last: s.Last,
		}
		for _, f := range v.Figures {
			if day, _ := r.reading(f.Article).Article.Published.Day(); day.Equal(s.Last) {
				row.NewFigures++
			}
		}
		speaks, inLanguage := f.Speaker == "", f.Language == ""
		for _, a := range v.Articles {
			inLanguage = inLanguage || a.Language == f.Language
			if a.Outlet != "" && !slices.Contains(row.Outlets, a.Outlet) {
				row.Outlets = append(row.Outlets, a.Outlet)
			}
		}
		for _, p := range v.Speakers {
			speaks = speaks || p.ID == f.Speaker || strings.EqualFold(p.Name, f.Speaker)
		}
		slices.Sort(row.Outlets)
		in := (f.From.IsZero() || !s.Last.Before(f.From)) && (f.To.IsZero() || s.First.Before(f.To))
		if speaks && inLanguage && in && (f.Outlet == "" || slices.Contains(row.Outlets, f.Outlet)) {
			rows = append(rows, row)
		}
	}
	total = len(rows)
	rows = rows[min(f.Offset, total):]
	return rows[:min(len(rows), cmp.Or(f.Limit, 50))], total, r.fail
}

func (r *record) Story(_ context.Context, id string) (*ledger.StoryView, error) {
	if r.fail != nil {
		return nil, r.fail
	}
	i := slices.IndexFunc(r.links.Stories, func(s onrecord.Story) bool { return s.ID == id })
	if i < 0 {
		return nil, ledger.ErrNotFound
	}
	v := &ledger.StoryView{Model: r.links.Model, Story: r.links.Stories[i]}
	in := func(article string) bool { return slices.Contains(v.Story.Articles, article) }
	held := map[string]bool{}
	for _, a := range v.Story.Articles {
		v.Articles = append(v.Articles, r.row(a))
		for _, s := range r.reading(a).Statements {
			row := r.statement(s)
			v.Statements = append(v.Statements, row)
			held[s.ID], held[row.Speaker] = true, true
		}
		for _, f := range r.reading(a).Figures {
			v.Figures = append(v.Figures, r.figure(f))
			held[f.ID] = true
		}
	}
	for _, p := range r.links.Speakers {
		if held[p.ID] {
			v.Speakers = append(v.Speakers, ledger.SpeakerRow{Speaker: p})
		}
	}
	for _, x := range r.links.Reports {
		if in(x.Origin) {
			v.Reports = append(v.Reports, x)
		}
	}
	for _, x := range r.links.Copies {
		if in(x.Article) {
			v.Copies = append(v.Copies, x)
		}
	}
	for _, x := range r.links.Utterances {
		if held[x.Statements[0]] {
			v.Utterances = append(v.Utterances, x)
		}
	}
	for _, x := range r.links.Measures {
		if held[x.Figures[0].Figure] {
			v.Measures = append(v.Measures, x)
		}
	}
	for _, x := range r.links.Disputes {
		if held[x.Sides[0][0]] {
			v.Disputes = append(v.Disputes, x)
		}
	}
	return v, nil
}

// A movedRecord is a record of which rows are gone, each to another.
type movedRecord struct {
	*record
	to map[string]string
}

func (m *movedRecord) Story(ctx context.Context, id string) (*ledger.StoryView, error) {
	return m.record.Story(ctx, cmp.Or(m.to[id], id))
}

func (m *movedRecord) Row(ctx context.Context, id string) (*ledger.StoryView, error) {
	return m.record.Row(ctx, cmp.Or(m.to[id], id))
}

func (m *movedRecord) Speaker(ctx context.Context, id string, f ledger.SpeakerFilter) (*ledger.SpeakerView, error) {
	return m.record.Speaker(ctx, cmp.Or(m.to[id], id), f)
}

// Row cuts what one row rests on out of everything.
func (r *record) Row(ctx context.Context, id string) (*ledger.StoryView, error) {
	if r.fail != nil {
		return nil, r.fail
	}
	all, v := &ledger.StoryView{}, &ledger.StoryView{Model: r.links.Model}
	for _, x := range r.readings {
		all.Articles = append(all.Articles, r.row(x.Article.ID))
		for _, s := range x.Statements {
			all.Statements = append(all.Statements, r.statement(s))
		}
		for _, f := range x.Figures {
			all.Figures = append(all.Figures, r.figure(f))
		}
	}
	want := map[string]bool{id: true}
	for _, u := range r.links.Utterances {
		if u.ID == id {
			v.Utterances = append(v.Utterances, u)
			addAll(want, u.Statements...)
		}
	}
	for _, m := range r.links.Measures {
		if m.ID == id {
			v.Measures = append(v.Measures, m)
			for _, a := range m.Figures {
				want[a.Figure] = true
			}
		}
	}
	for _, d := range r.links.Disputes {
		if d.ID != id {
			continue
		}
		v.Disputes = append(v.Disputes, d)
		addAll(want, slices.Concat(d.Sides[0], d.Sides[1])...)
		for _, u := range r.links.Utterances {
			if slices.ContainsFunc(u.Statements, func(s string) bool { return want[s] }) {
				v.Utterances = append(v.Utterances, u)
				addAll(want, u.Statements...)
			}
		}
	}
	for _, f := range all.Figures {
		if want[f.ID] {
			v.Figures = append(v.Figures, f)
			want[f.Statement], want[f.Article] = true, true
		}
	}
	for _, s := range all.Statements {
		if want[s.ID] {
			v.Statements = append(v.Statements, s)
			want[s.Article], want[s.Speaker] = true, true
		}
	}
	if len(v.Utterances)+len(v.Measures)+len(v.Disputes)+len(v.Figures)+len(v.Statements) == 0 {
		return nil, ledger.ErrNotFound
	}
	for _, x := range r.links.Reports {
		if slices.ContainsFunc(x.Articles, func(a string) bool { return want[a] }) {
			v.Reports = append(v.Reports, x)
			want[x.Origin] = true
		}
	}
	for _, a := range all.Articles {
		if want[a.ID] {
			v.Articles = append(v.Articles, a)
		}
	}
	slices.SortStableFunc(v.Articles, func(a, b ledger.ArticleRow) int { return cmp.Compare(a.Published.Value, b.Published.Value) })
	for _, p := range r.links.Speakers {
		if want[p.ID] {
			v.Speakers = append(v.Speakers, ledger.SpeakerRow{Speaker: p})
		}
	}
	for _, s := range r.links.Stories {
		if slices.ContainsFunc(v.Articles, func(a ledger.ArticleRow) bool { return a.Story == s.ID }) {
			v.Story = s
			break
		}
	}
	return v, nil
}

func addAll(set map[string]bool, ids ...string) {
	for _, id := range ids {
		set[id] = true
	}
}

func (r *record) Article(_ context.Context, id string) (*ledger.ArticleView, error) {
	if r.fail != nil {
		return nil, r.fail
	}
	x := r.reading(id)
	if x == nil {
		return nil, ledger.ErrNotFound
	}
	v := &ledger.ArticleView{Article: r.row(id), Times: x.Times, Speakers: x.Speakers, Asides: x.Asides}
	for _, u := range r.links.Utterances {
		if slices.ContainsFunc(x.Statements, func(s onrecord.Statement) bool { return slices.Contains(u.Statements, s.ID) }) {
			v.Utterances = append(v.Utterances, u)
		}
	}
	for _, s := range x.Statements {
		v.Statements = append(v.Statements, r.statement(s))
	}
	for _, f := range x.Figures {
		v.Figures = append(v.Figures, r.figure(f))
	}
	for _, y := range r.readings {
		if y == x || x.Article.URL != "" && y.Article.URL == x.Article.URL {
			row := r.row(y.Article.ID)
			row.Text = ""
			v.Versions = append(v.Versions, row)
		}
	}
	for _, c := range r.links.Copies {
		if c.Article == id || c.Origin == id {
			v.Copies = append(v.Copies, c)
		}
	}
	for _, s := range r.links.Stories {
		if s.ID == v.Article.Story {
			v.StoryTitle = s.Title
		}
	}
	return v, nil
}

func (r *record) Articles(_ context.Context, ids []string) (rows []ledger.ArticleRow, err error) {
	for _, x := range r.readings {
		if slices.Contains(ids, x.Article.ID) {
			rows = append(rows, r.row(x.Article.ID))
		}
	}
	return rows, r.fail
}

func (r *record) Called(ctx context.Context, name string, most int) (rows []ledger.SpeakerRow, err error) {
	all, err := r.Speakers(ctx, ledger.SpeakersFilter{Name: name})
	for _, p := range all {
		if slices.ContainsFunc(append([]string{p.Name}, p.Aliases...), func(n string) bool { return strings.EqualFold(n, name) }) && len(rows) < most {
			rows = append(rows, p)
		}
	}
	return rows, err
}

func (r *record) Speakers(_ context.Context, f ledger.SpeakersFilter) (rows []ledger.SpeakerRow, err error) {
	if r.fail != nil {
		return nil, r.fail
	}
	for _, p := range r.links.Speakers {
		names := strings.ToLower(strings.Join(append([]string{p.Name}, p.Aliases...), "\n"))
		if !strings.Contains(names, strings.ToLower(f.Name)) {
			continue
		}
		v, _ := r.Speaker(context.Background(), p.ID, ledger.SpeakerFilter{})
		if f.Who == "" || (f.Who == ledger.Speaking) == (v.Speaker.Statements > 0) {
			rows = append(rows, v.Speaker)
		}
	}
	slices.SortStableFunc(rows, func(a, b ledger.SpeakerRow) int { return b.Statements - a.Statements })
	return rows[:min(len(rows), cmp.Or(f.Limit, len(rows)))], r.fail
}

func (r *record) Speaker(ctx context.Context, id string, f ledger.SpeakerFilter) (*ledger.SpeakerView, error) {
	if r.fail != nil {
		return nil, r.fail
	}
	i := slices.IndexFunc(r.links.Speakers, func(p onrecord.Speaker) bool { return p.ID == id })
	if i < 0 {
		return nil, ledger.ErrNotFound
	}
	v := &ledger.SpeakerView{Model: r.links.Model, Speaker: ledger.SpeakerRow{Speaker: r.links.Speakers[i]}}
	var ids, chosen []string
	in := map[string]bool{}
	for _, x := range slices.Backward(r.readings) {
		for _, s := range x.Statements {
			if r.links.SpeakerOf[s.Speaker] != id {
				continue
			}
			ids = append(ids, s.ID)
			in[x.Article.ID] = true
			if (f.Outlet == "" || f.Outlet == x.Article.Outlet) && (f.Stance == "" || f.Stance == s.Stance) {
				chosen = append(chosen, s.ID)
			}
			k := slices.IndexFunc(v.Channels, func(c ledger.Channel) bool { return c.Outlet == x.Article.Outlet && c.Stance == s.Stance })
			if k < 0 {
				k = len(v.Channels)
				v.Channels = append(v.Channels, ledger.Channel{Outlet: x.Article.Outlet, Stance: s.Stance})
			}
			v.Channels[k].Statements++
		}
	}
	v.Total, v.Speaker.Statements, v.Speaker.Articles = len(chosen), len(ids), len(in)
	for _, x := range slices.Backward(r.readings) {
		for k := range x.Speakers {
			if r.links.SpeakerOf[x.Speakers[k].ID] == id && !in[x.Article.ID] {
				v.SpokenOf = append(v.SpokenOf, ledger.Naming{Article: r.row(x.Article.ID), Spans: x.Speakers[k].Spans})
			}
		}
	}
	v.Speaker.SpokenOf = len(v.SpokenOf)
	v.SpokenOf = v.SpokenOf[min(f.NamedAt, len(v.SpokenOf)):]
	v.SpokenOf = v.SpokenOf[:min(len(v.SpokenOf), cmp.Or(f.NamedLimit, 50))]
	chosen = chosen[min(f.Offset, len(chosen)):]
	v.Statements, _ = r.Passages(ctx, chosen[:min(len(chosen), cmp.Or(f.Limit, 50))])
	for _, l := range v.Speaker.Leads {
		for _, p := range r.links.Speakers {
			if p.ID == l.Speaker {
				v.Suspects = append(v.Suspects, ledger.SpeakerRow{Speaker: p})
			}
		}
	}
	for _, d := range r.links.Disputes {
		if slices.ContainsFunc(ids, func(s string) bool { return slices.Contains(d.Sides[0], s) || slices.Contains(d.Sides[1], s) }) {
			v.Disputes = append(v.Disputes, d)
		}
	}
	v.Disputed = len(v.Disputes)
	v.Disputes = v.Disputes[min(f.DisputeAt, v.Disputed):]
	v.Disputes = v.Disputes[:min(len(v.Disputes), cmp.Or(f.DisputeLimit, 50))]
	return v, nil
}

func (r *record) Passages(_ context.Context, ids []string) (out []ledger.Passage, err error) {
	for _, id := range ids {
		for _, x := range r.readings {
			for _, s := range x.Statements {
				if s.ID != id {
					continue
				}
				a := r.row(x.Article.ID)
				all := slices.Concat(s.Source, s.Cue, s.Content)
				around := all[0]
				for _, y := range all {
					around.Start, around.End = min(around.Start, y.Start), max(around.End, y.End)
				}
				around.Start = strings.LastIndexByte(a.Text[:around.Start], '\n') + 1
				if i := strings.IndexByte(a.Text[around.End:], '\n'); i >= 0 {
					around.End += i
				} else {
					around.End = len(a.Text)
				}
				out = append(out, ledger.Passage{
					StatementRow: r.statement(s), Text: quote(a.Text, s.Content, len(a.Text)), Title: a.Title, Outlet: a.Outlet,
					Published: a.Published, Story: a.Story, Around: around.Of(a.Text), AroundSpan: around,
				})
			}
		}
	}
	return out, r.fail
}

func (r *record) Search(_ context.Context, q ledger.SearchQuery) (hits []ledger.Hit, err error) {
	add := func(kind, id, speaker, text string, sure float64, doubtful bool, a *onrecord.Article) {
		words := strings.Trim(q.Words, `"`)
		i := strings.Index(text, words)
		if i < 0 || q.Outlet != "" && q.Outlet != a.Outlet {
			return
		}
		from, to := runeStart(text, max(0, i-60)), runeStart(text, min(len(text), i+len(words)+60))
		hits = append(hits, ledger.Hit{
			Kind: kind, ID: id, Article: a.ID, Title: a.Title, Outlet: a.Outlet, Published: a.Published, Speaker: speaker, Confidence: sure, Doubtful: doubtful,
			Snippet: text[from:to], Found: []onrecord.Span{{Start: i - from, End: i - from + len(words)}},
		})
	}
	for _, x := range r.readings {
		for _, s := range x.Statements {
			row := r.statement(s)
			if (q.Kind == "" || q.Kind == s.Kind) && (q.Stance == "" || q.Stance == s.Stance) && (!q.Speech || s.Speech()) && s.Confidence >= q.Certainty && (q.Speaker == "" || q.Speaker == row.SpeakerName) {
				add("statement", s.ID, row.SpeakerName, quote(x.Article.Text, s.Content, len(x.Article.Text)), s.Confidence, s.Doubtful(), x.Article)
			}
		}
		if q.Kind+q.Stance+q.Speaker == "" && q.Certainty == 0 && !q.Speech {
			add("article", x.Article.ID, "", x.Article.Text, 0, false, x.Article)
		}
	}
	return hits[:min(len(hits), cmp.Or(q.Limit, 50))], r.fail
}

func (r *record) Refusals(context.Context) ([]ledger.Refusal, error) { return r.refused, r.fail }

func (r *record) Status(context.Context) (ledger.Status, error) {
	return ledger.Status{Linked: !r.unlinked, Models: r.models}, r.fail
}

func (r *record) Totals(context.Context) (map[string]int, bool, error) {
	n := map[string]int{"article": len(r.readings), "story": len(r.links.Stories), "dispute": len(r.links.Disputes)}
	for _, x := range r.readings {
		n["statement"] += len(x.Statements)
		n["figure"] += len(x.Figures)
	}
	return n, r.unlinked, r.fail
}

// A page of coverage being written: rows are named by their words.
type draft struct {
	*onrecord.Reading
	of *record
}

func (r *record) article(outlet, published, title, text string) *draft {
	a := &onrecord.Article{Outlet: outlet, Title: title, Text: text, Language: "en", File: "invented.jsonl", Line: len(r.readings) + 1}
	if published != "" {
		a.Published = onrecord.Published{Value: published, Precision: "day", Basis: "given"}
	}
	if outlet != "" {
		a.URL = "https://" + strings.ReplaceAll(strings.ToLower(outlet), " ", "-") + ".example/" + onrecord.TextHash(title)[:8]
	}
	a.ID = onrecord.ArticleID(a)
	x := &onrecord.Reading{Article: a, Model: "by hand"}
	r.readings = append(r.readings, x)
	return &draft{x, r}
}

// span is where words first stand in the text; "2|words" is the second place.
func (d *draft) span(words string) onrecord.Span {
	nth := 1
	if len(words) > 2 && words[1] == '|' {
		nth, words = int(words[0]-'0'), words[2:]
	}
	at := -1
	for range nth {
		i := strings.Index(d.Article.Text[at+1:], words)
		if i < 0 {
			panic("not in the text of " + d.Article.Title + ": " + words)
		}
		at += 1 + i
	}
	return onrecord.Span{Start: at, End: at + len(words)}
}

func (d *draft) spans(words ...string) (out []onrecord.Span) {
	for _, w := range words {
		if w != "" {
			out = append(out, d.span(w))
		}
	}
	return out
}

// says adds a statement; how is "kind stance", and what it returns can still be changed.
func (d *draft) says(speaker, how, source, cue string, content ...string) *onrecord.Statement {
	kind, stance, _ := strings.Cut(how, " ")
	s := onrecord.Statement{
		Article: d.Article.ID, Kind: kind, Stance: stance, Source: d.spans(source), Cue: d.spans(cue), Content: d.spans(content...), Confidence: 0.91, SpeakerConfidence: 0.93,
	}
	s.ID = onrecord.NewID(onrecord.StatementKind, append([]string{d.Article.ID, source, cue}, content...)...)
	if speaker != "" {
		s.Speaker = d.Article.ID + speaker
		d.of.links.SpeakerOf[s.Speaker] = speaker
	}
	d.Statements = append(d.Statements, s)
	return &d.Statements[len(d.Statements)-1]
}

func (d *draft) figure(words string, f onrecord.Figure) string {
	f.Article, f.Span = d.Article.ID, d.span(words)
	f.ID = onrecord.NewID(onrecord.FigureKind, f.Article, words)
	f.High = max(f.High, f.Low)
	f.Comparator = cmp.Or(f.Comparator, "=")
	f.Confidence = 0.88
	d.Figures = append(d.Figures, f)
	return f.ID
}

func (d *draft) time(words, timex, basis string, days ...time.Time) {
	t := onrecord.Time{ID: onrecord.NewID(onrecord.TimeKind, d.Article.ID, words), Article: d.Article.ID, Span: d.span(words), Timex: timex, Basis: basis, Kind: "date", Grain: "day", Confidence: 0.9}
	if len(days) > 0 {
		t.Interval = onrecord.Interval{From: days[0], To: days[len(days)-1].AddDate(0, 0, 1), Basis: words}
	}
	d.Times = append(d.Times, t)
}

func (d *draft) aside(kind, words string) {
	d.Asides = append(d.Asides, onrecord.Aside{Span: d.span(words), Kind: kind})
}

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}
