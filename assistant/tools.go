package assistant

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/text"
)

// tools are the tools over a ledger.
type tools struct {
	Reader
	address string // that permalinks begin with
}

// Limits of one answer: an assistant reads all of it.
const (
	usually     = 20 // rows of a list
	atMost      = 100
	longestArg  = 1 << 10 // bytes of a name, an outlet, an id
	mostWords   = 64      // of a search
	longestSpan = 4000    // code points of an article that are given at once
	callTime    = 20 * time.Second
)

// Where something stands.
type (
	place struct {
		Article   string `json:"article" jsonschema:"id"`
		Outlet    string `json:"outlet,omitempty"`
		Title     string `json:"title,omitempty"`
		Published string `json:"published,omitempty" jsonschema:"ISO 8601"`
		URL       string `json:"url,omitempty" jsonschema:"the article's own address"`
	}
	span struct {
		Start     int    `json:"start" jsonschema:"code points of the article's text"`
		End       int    `json:"end"`
		Words     string `json:"words"`
		Permalink string `json:"permalink"`
	}
)

func (t *tools) place(a *onrecord.Article) place {
	return place{a.ID, a.Outlet, a.Title, a.Published.Value, a.URL}
}

// span is the part from the first to the last of spans; parts of a statement that stand apart are joined by an ellipsis.
func (t *tools) span(a *onrecord.Article, o *text.Offsets, spans []onrecord.Span) span {
	var parts []string
	for _, s := range spans {
		parts = append(parts, strings.Join(strings.Fields(s.Of(a.Text)), " "))
	}
	s := span{Words: strings.Join(parts, " … ")}
	if len(spans) > 0 {
		s.Start, s.End = o.Rune(spans[0].Start), o.Rune(spans[len(spans)-1].End)
	}
	s.Permalink = t.link(fmt.Sprintf("/article/%s?span=%d-%d", url.PathEscape(a.ID), s.Start, s.End))
	return s
}

func (t *tools) link(path string) string { return t.address + path }

func (t *tools) row(kind, id string) string { return t.link("/" + kind + "/" + url.PathEscape(id)) }

// limit is how many rows are given.
func limit(asked int) int {
	if asked <= 0 {
		return usually
	}
	return min(asked, atMost)
}

// short refuses arguments that are longer than any that mean something.
func short(args ...string) error {
	for _, a := range args {
		if len(a) > longestArg {
			return usage(fmt.Sprintf("an argument is too long: at most %d bytes", longestArg))
		}
	}
	return nil
}

// days reads two days, or "".
func days(from, to string) (a, b time.Time, err error) {
	for _, d := range []struct {
		s  string
		at *time.Time
	}{{from, &a}, {to, &b}} {
		if d.s == "" {
			continue
		}
		if *d.at, err = time.Parse(time.DateOnly, d.s); err != nil {
			return a, b, usage("days are written as 2031-03-05")
		}
	}
	return a, b, nil
}

type (
	searchInput struct {
		Words   string `json:"words" jsonschema:"words, or a phrase in quotation marks"`
		Speaker string `json:"speaker,omitempty" jsonschema:"only statements by this speaker: id or part of a name"`
		Outlet  string `json:"outlet,omitempty"`
		Stance  string `json:"stance,omitempty" jsonschema:"only statements of this stance: asserts, denies, declines, asks, promises, accuses, believes"`
		From    string `json:"from,omitempty" jsonschema:"first day, as in 2031-03-05"`
		Until   string `json:"until,omitempty" jsonschema:"first day that is no longer wanted"`
		Limit   int    `json:"limit,omitempty" jsonschema:"20 where not given, at most 100"`
	}
	searchOutput struct {
		Hits []hit `json:"hits"`
	}
	hit struct {
		Kind string `json:"kind" jsonschema:"article or statement"`
		ID   string `json:"id"`
		place
		Speaker   string `json:"speaker,omitempty"`
		Words     string `json:"words" jsonschema:"around what was found"`
		Permalink string `json:"permalink"`
	}
)

func (t *tools) search(ctx context.Context, in searchInput) (out searchOutput, err error) {
	out.Hits = []hit{}
	if err = short(in.Words, in.Speaker, in.Outlet, in.Stance); err != nil {
		return out, err
	}
	if len(strings.Fields(in.Words)) > mostWords {
		return out, usage(fmt.Sprintf("at most %d words are searched for at a time", mostWords))
	}
	q := ledger.SearchQuery{Words: in.Words, Speaker: in.Speaker, Outlet: in.Outlet, Stance: in.Stance, Limit: limit(in.Limit)}
	if q.From, q.To, err = days(in.From, in.Until); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	hits, err := t.Search(ctx, q)
	for _, h := range hits {
		if h.Doubtful || h.Altered {
			continue // no witness to what somebody said
		}
		out.Hits = append(out.Hits, hit{h.Kind, h.ID, place{h.Article, h.Outlet, h.Title, h.Published.Value, ""}, h.Speaker, h.Snippet, t.row(h.Kind, h.ID)})
	}
	return out, err
}

type (
	storyInput struct {
		ID      string `json:"id,omitempty" jsonschema:"of one story; without it, stories are listed"`
		Outlet  string `json:"outlet,omitempty" jsonschema:"stories with an article of this outlet"`
		Speaker string `json:"speaker,omitempty" jsonschema:"stories with a statement by this speaker: id or part of a name"`
		From    string `json:"from,omitempty" jsonschema:"first day, as in 2031-03-05"`
		Until   string `json:"until,omitempty" jsonschema:"first day that is no longer wanted"`
		Limit   int    `json:"limit,omitempty" jsonschema:"rows of each list: 20 where not given, at most 100"`
	}
	storyOutput struct {
		Stories []storyRow   `json:"stories,omitempty" jsonschema:"newest first"`
		Total   int          `json:"total,omitempty" jsonschema:"stories that are chosen, listed or not"`
		Story   *storyDetail `json:"story,omitempty"`
	}
	storyRow struct {
		ID        string `json:"id"`
		Title     string `json:"title"`
		Articles  int    `json:"articles"`
		Reports   int    `json:"reports" jsonschema:"independent reports: articles that go back to one origin count once; 0 while not determined"`
		Disputes  int    `json:"disputes"`
		First     string `json:"first,omitempty"`
		Last      string `json:"last,omitempty"`
		Permalink string `json:"permalink"`
	}
	storyDetail struct {
		storyRow
		ArticleRows []articleRow   `json:"article_rows"`
		Utterances  []utteranceRow `json:"utterances" jsonschema:"said once, printed in several wordings; those in most articles first"`
		Measures    []measureRow   `json:"measures" jsonschema:"questions that figures answer; those with most figures first"`
		Disputed    []disputeRow   `json:"disputed"`
		Speakers    []speakerRow   `json:"speakers" jsonschema:"by number of statements"`
		LeftOff     map[string]int `json:"left_off,omitempty" jsonschema:"how many rows of which list are not given: ask with a larger limit"`
	}
	articleRow struct {
		place
		Report    string `json:"report,omitempty" jsonschema:"articles of one report go back to one origin"`
		Permalink string `json:"permalink"`
	}
	utteranceRow struct {
		ID        string `json:"id"`
		Speaker   string `json:"speaker,omitempty"`
		Wording   string `json:"wording"`
		Articles  int    `json:"articles"`
		Changed   int    `json:"changed" jsonschema:"changes between its wordings"`
		Permalink string `json:"permalink"`
	}
	measureRow struct {
		ID        string `json:"id"`
		Label     string `json:"label"`
		Unit      string `json:"unit,omitempty"`
		Figures   int    `json:"figures"`
		Permalink string `json:"permalink"`
	}
	disputeRow struct {
		ID        string      `json:"id"`
		Kind      string      `json:"kind" jsonschema:"denial, contradiction, figures, attribution"`
		Sides     [2][]member `json:"sides" jsonschema:"at most 4 of each side"`
		Permalink string      `json:"permalink"`
	}
	member struct {
		Speaker string `json:"speaker,omitempty"`
		Stance  string `json:"stance,omitempty"`
		place
		span
	}
	speakerRow struct {
		ID         string   `json:"id"`
		Name       string   `json:"name"`
		Kind       string   `json:"kind"`
		Roles      []string `json:"roles,omitempty"`
		Statements int      `json:"statements"`
		Articles   int      `json:"articles"`
		SpokenOf   int      `json:"spoken_of"`
		Permalink  string   `json:"permalink"`
	}
)

func (t *tools) story(ctx context.Context, in storyInput) (out storyOutput, err error) {
	if err = short(in.ID, in.Outlet, in.Speaker); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if in.ID != "" {
		v, err := t.Story(ctx, in.ID)
		if err == nil {
			out.Story = t.detail(v, limit(in.Limit))
		}
		return out, err
	}
	f := ledger.StoryFilter{Outlet: in.Outlet, Speaker: in.Speaker, Limit: limit(in.Limit)}
	if f.From, f.To, err = days(in.From, in.Until); err != nil {
		return out, err
	}
	rows, total, err := t.Stories(ctx, f)
	out.Total = total
	for _, r := range rows {
		out.Stories = append(out.Stories, storyRow{r.ID, r.Title, r.Articles, r.Reports, r.Disputes, day(r.First), day(r.Last), t.row("story", r.ID)})
	}
	return out, err
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// membersShown is how many members of a side of a dispute are given.
const membersShown = 4

func (t *tools) detail(v *ledger.StoryView, most int) *storyDetail {
	x := t.index(v)
	d := &storyDetail{
		storyRow:    storyRow{v.Story.ID, v.Story.Title, len(v.Articles), v.Story.Reports, len(v.Disputes), day(v.Story.First), day(v.Story.Last), t.row("story", v.Story.ID)},
		ArticleRows: []articleRow{}, Utterances: []utteranceRow{}, Measures: []measureRow{}, Disputed: []disputeRow{}, Speakers: []speakerRow{}, LeftOff: map[string]int{},
	}
	for i := range v.Articles {
		a := &v.Articles[i]
		d.ArticleRows = append(d.ArticleRows, articleRow{t.place(&a.Article), a.Report, t.row("article", a.ID)})
	}
	for i := range v.Utterances {
		u := &v.Utterances[i]
		in := map[string]bool{}
		for _, id := range u.Statements {
			if s := x.statements[id]; s != nil {
				in[s.Article] = true
			}
		}
		d.Utterances = append(d.Utterances, utteranceRow{u.ID, x.names[u.Speaker], u.Wording, len(in), len(u.Drift), t.row("utterance", u.ID)})
	}
	slices.SortStableFunc(d.Utterances, func(a, b utteranceRow) int { return cmp.Compare(b.Articles, a.Articles) })
	for i := range v.Measures {
		m := &v.Measures[i]
		d.Measures = append(d.Measures, measureRow{m.ID, m.Label, m.Unit, len(m.Figures), t.row("measure", m.ID)})
	}
	slices.SortStableFunc(d.Measures, func(a, b measureRow) int { return cmp.Compare(b.Figures, a.Figures) })
	for i := range v.Disputes {
		d.Disputed = append(d.Disputed, x.dispute(&v.Disputes[i]))
	}
	for i := range v.Speakers {
		d.Speakers = append(d.Speakers, t.speakerRow(&v.Speakers[i]))
	}
	slices.SortStableFunc(d.Speakers, func(a, b speakerRow) int { return cmp.Compare(b.Statements, a.Statements) })
	cut(d, "article_rows", &d.ArticleRows, most)
	cut(d, "utterances", &d.Utterances, most)
	cut(d, "measures", &d.Measures, most)
	cut(d, "disputed", &d.Disputed, most)
	cut(d, "speakers", &d.Speakers, most)
	return d
}

// cut leaves the first rows of a list, and says how many more there are.
func cut[T any](d *storyDetail, name string, list *[]T, most int) {
	if n := len(*list) - most; n > 0 {
		d.LeftOff[name], *list = n, (*list)[:most]
	}
}

func (t *tools) speakerRow(s *ledger.SpeakerRow) speakerRow {
	return speakerRow{s.ID, s.Name, s.Kind, s.Roles, s.Statements, s.Articles, s.SpokenOf, t.row("speaker", s.ID)}
}

// An index finds the rows of a view by their ids.
type index struct {
	*tools
	articles   map[string]*ledger.ArticleRow
	offsets    map[string]*text.Offsets
	statements map[string]*ledger.StatementRow
	figures    map[string]*ledger.FigureRow
	names      map[string]string // of speakers
}

func (t *tools) index(v *ledger.StoryView) *index {
	x := &index{t, map[string]*ledger.ArticleRow{}, map[string]*text.Offsets{}, map[string]*ledger.StatementRow{}, map[string]*ledger.FigureRow{}, map[string]string{}}
	for i := range v.Articles {
		x.articles[v.Articles[i].ID] = &v.Articles[i]
	}
	for i := range v.Statements {
		x.statements[v.Statements[i].ID] = &v.Statements[i]
	}
	for i := range v.Figures {
		x.figures[v.Figures[i].ID] = &v.Figures[i]
	}
	for i := range v.Speakers {
		x.names[v.Speakers[i].ID] = v.Speakers[i].Name
	}
	return x
}

// at is the place of spans of an article of the view.
func (x *index) at(article string, spans []onrecord.Span) (place, span) {
	a := x.articles[article]
	if a == nil {
		return place{Article: article}, span{}
	}
	if x.offsets[article] == nil {
		x.offsets[article] = text.NewOffsets(a.Text)
	}
	return x.place(&a.Article), x.span(&a.Article, x.offsets[article], spans)
}

func (x *index) dispute(d *onrecord.Dispute) disputeRow {
	row := disputeRow{ID: d.ID, Kind: d.Kind, Sides: [2][]member{{}, {}}, Permalink: x.row("dispute", d.ID)}
	for i, side := range d.Sides {
		for _, id := range side[:min(len(side), membersShown)] {
			var m member
			switch s, f := x.statements[id], x.figures[id]; {
			case s != nil:
				m.Speaker, m.Stance = s.SpeakerName, s.Stance
				m.place, m.span = x.at(s.Article, spansOf(s))
			case f != nil:
				if s := x.statements[f.Statement]; s != nil {
					m.Speaker, m.Stance = s.SpeakerName, s.Stance
				}
				m.place, m.span = x.at(f.Article, []onrecord.Span{f.Span})
			default:
				continue
			}
			row.Sides[i] = append(row.Sides[i], m)
		}
	}
	return row
}

// spansOf is what a statement says, else that it is said.
func spansOf(s *ledger.StatementRow) []onrecord.Span {
	switch {
	case len(s.Content) > 0:
		return s.Content
	case len(s.Cue) > 0:
		return s.Cue
	}
	return s.Source
}

type (
	speakerInput struct {
		ID     string `json:"id,omitempty" jsonschema:"of a speaker"`
		Name   string `json:"name,omitempty" jsonschema:"a name or part of one, in place of an id"`
		Outlet string `json:"outlet,omitempty" jsonschema:"only statements in this outlet"`
		Stance string `json:"stance,omitempty" jsonschema:"only statements of this stance"`
		Limit  int    `json:"limit,omitempty" jsonschema:"20 where not given, at most 100"`
		Offset int    `json:"offset,omitempty" jsonschema:"statements to leave out"`
	}
	speakerOutput struct {
		Speakers   []speakerRow `json:"speakers" jsonschema:"one, or all that have the name: then ask by id"`
		Total      int          `json:"total" jsonschema:"statements that are chosen, given or not"`
		Statements []statement  `json:"statements" jsonschema:"newest first"`
	}
	statement struct {
		ID         string  `json:"id"`
		Speaker    string  `json:"speaker,omitempty"`
		Stance     string  `json:"stance"`
		Kind       string  `json:"kind" jsonschema:"direct: all in quotation marks; mixed; indirect"`
		Confidence float64 `json:"confidence"`
		place
		span
		Around string `json:"around,omitempty" jsonschema:"the sentences that hold it"`
		Story  string `json:"story,omitempty"`
	}
)

func (t *tools) speaker(ctx context.Context, in speakerInput) (out speakerOutput, err error) {
	out.Speakers, out.Statements = []speakerRow{}, []statement{}
	if err = short(in.ID, in.Name, in.Outlet, in.Stance); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	id := in.ID
	if id == "" {
		if strings.TrimSpace(in.Name) == "" {
			return out, usage("give a speaker's id or name")
		}
		called, err := t.called(ctx, in.Name)
		if err != nil {
			return out, err
		}
		if len(called) != 1 {
			for i := range called {
				out.Speakers = append(out.Speakers, t.speakerRow(&called[i]))
			}
			if len(called) == 0 {
				err = ledger.ErrNotFound
			}
			return out, err
		}
		id = called[0].ID
	}
	v, err := t.Speaker(ctx, id, ledger.SpeakerFilter{Outlet: in.Outlet, Stance: in.Stance, Limit: limit(in.Limit), Offset: max(0, in.Offset)})
	if err != nil {
		return out, err
	}
	out.Speakers, out.Total = append(out.Speakers, t.speakerRow(&v.Speaker)), v.Total
	out.Statements, err = t.statements(ctx, v.Statements)
	return out, err
}

// called are the speakers who have a name, else those with a name that holds it.
func (t *tools) called(ctx context.Context, name string) ([]ledger.SpeakerRow, error) {
	rows, err := t.Called(ctx, name, usually)
	if err != nil || len(rows) > 0 {
		return rows, err
	}
	return t.Speakers(ctx, ledger.SpeakersFilter{Name: name, Limit: usually})
}

// statements are passages with their places.
func (t *tools) statements(ctx context.Context, rows []ledger.Passage) ([]statement, error) {
	ids := map[string]bool{}
	for i := range rows {
		ids[rows[i].Article] = true
	}
	articles, err := t.Articles(ctx, keys(ids))
	if err != nil {
		return nil, err
	}
	x := t.index(&ledger.StoryView{Articles: articles})
	list := []statement{}
	for i := range rows {
		p := &rows[i]
		s := statement{ID: p.ID, Speaker: p.SpeakerName, Stance: p.Stance, Kind: p.Kind, Confidence: p.Confidence, Around: p.Around, Story: p.Story}
		s.place, s.span = x.at(p.Article, spansOf(&p.StatementRow))
		list = append(list, s)
	}
	return list, nil
}

func keys(m map[string]bool) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

type (
	measureInput struct {
		ID string `json:"id" jsonschema:"of a measure, as story gives it"`
	}
	measureOutput struct {
		ID        string  `json:"id"`
		Label     string  `json:"label"`
		Unit      string  `json:"unit,omitempty"`
		Values    []value `json:"values" jsonschema:"by the day that they are of, then by publication"`
		Permalink string  `json:"permalink"`
	}
	value struct {
		Low        float64 `json:"low"`
		High       float64 `json:"high"`
		Comparator string  `json:"comparator" jsonschema:"one of = ~ (about) < >"`
		Complement bool    `json:"complement,omitempty" jsonschema:"it is given as the rest: 100 percent less this"`
		From       string  `json:"from,omitempty" jsonschema:"first day that it is of"`
		Until      string  `json:"until,omitempty" jsonschema:"first day that it is no longer of"`
		Speaker    string  `json:"speaker,omitempty" jsonschema:"who gives it; the article itself where nobody does"`
		place
		span
	}
)

func (t *tools) measure(ctx context.Context, in measureInput) (out measureOutput, err error) {
	out.Values = []value{}
	if err = short(in.ID); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	v, err := t.Row(ctx, in.ID)
	if err != nil {
		return out, err
	}
	i := slices.IndexFunc(v.Measures, func(m onrecord.Measure) bool { return m.ID == in.ID })
	if i < 0 {
		return out, ledger.ErrNotFound
	}
	m := &v.Measures[i]
	out.ID, out.Label, out.Unit, out.Permalink = m.ID, m.Label, m.Unit, t.row("measure", m.ID)
	x := t.index(v)
	for _, p := range m.Figures {
		f := x.figures[p.Figure]
		if f == nil {
			continue
		}
		y := value{Low: f.Low, High: f.High, Comparator: f.Comparator, Complement: p.Complement, From: day(f.AsOf.From), Until: day(f.AsOf.To)}
		if s := x.statements[f.Statement]; s != nil {
			y.Speaker = s.SpeakerName
		}
		y.place, y.span = x.at(f.Article, []onrecord.Span{f.Span})
		out.Values = append(out.Values, y)
	}
	return out, nil
}

type (
	passageInput struct {
		IDs     []string `json:"ids,omitempty" jsonschema:"of statements, at most 100"`
		Article string   `json:"article,omitempty" jsonschema:"id of an article, in place of ids"`
		Start   int      `json:"start,omitempty" jsonschema:"first code point of the article's text"`
		End     int      `json:"end,omitempty" jsonschema:"code point after the last; at most 4000 are given at once"`
	}
	passageOutput struct {
		Statements []statement  `json:"statements,omitempty"`
		Passage    *articlePart `json:"passage,omitempty"`
	}
	articlePart struct {
		place
		span
		Total int `json:"total" jsonschema:"code points of the whole text"`
	}
)

func (t *tools) passage(ctx context.Context, in passageInput) (out passageOutput, err error) {
	if err = short(append(slices.Clone(in.IDs), in.Article)...); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	switch {
	case in.Article != "":
		v, err := t.Article(ctx, in.Article)
		if err != nil {
			return out, err
		}
		a := &v.Article.Article
		o := text.NewOffsets(a.Text)
		start := min(max(0, in.Start), o.Len())
		end := min(max(start, in.End), o.Len(), start+longestSpan)
		if in.End == 0 {
			end = min(o.Len(), start+longestSpan)
		}
		p := &articlePart{place: t.place(a), Total: o.Len()}
		at := onrecord.Span{Start: o.Byte(start), End: o.Byte(end)}
		p.span = t.span(a, o, []onrecord.Span{at})
		p.Words = at.Of(a.Text) // to the byte
		out.Passage = p
		return out, nil
	case len(in.IDs) == 0:
		return out, usage("give ids of statements, or an article with start and end")
	case len(in.IDs) > atMost:
		return out, usage(fmt.Sprintf("at most %d ids at a time", atMost))
	}
	rows, err := t.Passages(ctx, in.IDs)
	if err != nil {
		return out, err
	}
	if len(rows) == 0 {
		return out, ledger.ErrNotFound
	}
	out.Statements, err = t.statements(ctx, rows)
	return out, err
}

type (
	checkInput struct {
		Text      string `json:"text,omitempty" jsonschema:"a draft or an answer, at most 200000 bytes; what it cites by links or numbered notes is held against them"`
		Quotation string `json:"quotation,omitempty" jsonschema:"one quotation, in place of text"`
		Speaker   string `json:"speaker,omitempty" jsonschema:"who is said to have said the quotation"`
		Article   string `json:"article,omitempty" jsonschema:"id or address of the article that is cited: only passages of it count"`
	}
	checkOutput struct {
		Linked  bool     `json:"linked" jsonschema:"false: articles were read that are not linked yet, and counts of reports are not known"`
		Answers []answer `json:"answers" jsonschema:"in the order of the text"`
	}
	answer struct {
		Status       string    `json:"status" jsonschema:"contradicted, unverified, repaired, verified"`
		Reason       string    `json:"reason"`
		Words        string    `json:"words" jsonschema:"of the text"`
		Start        int       `json:"start" jsonschema:"code points of the text"`
		End          int       `json:"end"`
		Quoted       bool      `json:"quoted"`
		Speaker      string    `json:"speaker,omitempty" jsonschema:"as the text has it"`
		RecordWords  string    `json:"record_words,omitempty" jsonschema:"the record's own words: quote these"`
		RecordSaid   []string  `json:"record_speakers,omitempty" jsonschema:"to whom the record gives them; empty name: somebody unnamed"`
		RecordStance string    `json:"record_stance,omitempty"`
		Articles     int       `json:"articles" jsonschema:"that have it"`
		Reports      *int      `json:"reports" jsonschema:"independent reports behind these; null where not known"`
		Passages     []passage `json:"passages" jsonschema:"what the answer rests on, nearest first; for unverified, what comes nearest"`
	}
	passage struct {
		Statement string `json:"statement,omitempty"`
		Speaker   string `json:"speaker,omitempty"`
		Stance    string `json:"stance,omitempty"`
		place
		span
	}
)

// passagesGiven is how many passages are given for one answer.
const passagesGiven = 4

func (t *tools) check(ctx context.Context, in checkInput) (out checkOutput, err error) {
	out.Answers = []answer{}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	status, err := t.Status(ctx)
	if err != nil {
		return out, err
	}
	answers, err := desk.Ask(ctx, t.Reader, desk.Question(in))
	if err != nil {
		return out, err
	}
	out.Linked = status.Linked
	for i := range answers {
		a := &answers[i]
		y := answer{
			Status: a.Status(), Reason: a.Reason(), Words: a.Words, Start: a.Span[0], End: a.Span[1], Quoted: a.Quoted, Speaker: a.Speaker,
			RecordSaid: a.Speakers, RecordStance: a.RecordStance, Articles: a.Articles, Reports: a.Reports, Passages: []passage{},
		}
		if y.Status != desk.Unverified && len(a.Passages) > 0 {
			y.RecordWords = a.Passages[0].Words
		}
		for _, p := range a.Passages[:min(len(a.Passages), passagesGiven)] {
			y.Passages = append(y.Passages, passage{
				p.Statement, p.Speaker, p.Stance, place{p.Article, p.Outlet, p.Title, p.Published, ""}, span{p.Span[0], p.Span[1], p.Words, t.link(p.Path)},
			})
		}
		out.Answers = append(out.Answers, y)
	}
	return out, nil
}
