package serve

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link/measures"
	"github.com/onrecord/onrecord/reading/figure/unit"
)

// The maximum length of quotations and passages on pages, in bytes; the article has the rest.
const (
	longQuote   = 700
	longPassage = 500
)

// A line is a statement as pages list it.
type line struct {
	ledger.StatementRow
	Number      int           // in its article, from 1; 0 elsewhere
	Words       template.HTML // the content, what changed in it marked
	Cue         string
	SourceWords string
	To          string // whom it is said to
	Reason      string // why the speaker is not named, as the article says
	Outlet      string
	Title       string
	Day         string
	Published   string // as the record has it
	Drift       []change
	Other       bool   // attributed to another speaker than its group
	Again       bool   // stands in another utterance of the page, too
	Beside      string // address of this rendition beside the first; "" for the first
	Figures     []string
	text        string // of the article
}

// wholeQuote is the maximum length of content in tables and citations, in bytes.
const wholeQuote = 4000

// Full is the content up to wholeQuote.
func (l *line) Full() string { return quote(l.text, l.Content, wholeQuote) }

// Who is the name to show for a statement's speaker, or the article's words for it.
func (l *line) Who() string { return who(&l.StatementRow, l.SourceWords) }

// Verb is the stance in words.
func (l *line) Verb() string { return wordsFor(terms.stances, l.Stance) }

func who(s *ledger.StatementRow, source string) string {
	switch {
	case s.SpeakerName != "":
		return s.SpeakerName
	case source != "":
		return source
	}
	return "speaker unknown"
}

// An utterance has its renditions as pages list them; a statement without an utterance is listed as one without ID.
type utterance struct {
	ID         string // of the utterance; "" for a lone statement
	Wording    template.HTML
	Lines      []line
	All        int // renditions, shown or not
	Articles   int
	First      time.Time
	Confidence float64
	Basis      []string
}

// A rendition is a statement of an utterance, with those that have its very words.
type rendition struct {
	line
	Alike []line
}

// Renditions are the lines of the utterance, those in the same words by the same speaker as one.
func (t *utterance) Renditions() (list []rendition) {
	at := map[string]int{}
	for _, l := range t.Lines {
		key := l.Speaker + " " + strings.Join(strings.FieldsFunc(strings.ToLower(l.Full()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
		if k, known := at[key]; known {
			list[k].Alike = append(list[k].Alike, l)
			continue
		}
		at[key] = len(list)
		list = append(list, rendition{l, nil})
	}
	return list
}

// wordingsShown is how many wordings of an utterance a story's page shows before the others are folded away.
const wordingsShown = 2

// byWeight are the renditions, after the first those that are given to another speaker before those that change words.
func (t *utterance) byWeight() []rendition {
	list := t.Renditions()
	if len(list) > wordingsShown {
		slices.SortStableFunc(list[1:], func(a, b rendition) int { return map[bool]int{true: -1}[a.Other] - map[bool]int{true: -1}[b.Other] })
	}
	return list
}

// FirstRenditions are those shown, MoreRenditions the others.
func (t *utterance) FirstRenditions() []rendition {
	list := t.byWeight()
	return list[:min(len(list), wordingsShown)]
}

// MoreRenditions: see FirstRenditions.
func (t *utterance) MoreRenditions() []rendition {
	list := t.byWeight()
	return list[min(len(list), wordingsShown):]
}

// A speakerGroup is a speaker with their utterances in a story.
type speakerGroup struct {
	ID, Name, Kind string
	Roles, Aliases []string
	Utterances     []utterance
	Count          int
}

// thingsShown is how many utterances and statements of a speaker are shown before the others are folded away.
const thingsShown = 4

// First are those shown, Rest the others.
func (g *speakerGroup) First() []utterance {
	if len(g.Utterances) <= thingsShown+1 {
		return g.Utterances
	}
	return g.Utterances[:thingsShown]
}

// Rest: see First.
func (g *speakerGroup) Rest() []utterance { return g.Utterances[len(g.First()):] }

// A figureLine is a figure as tables list it.
type figureLine struct {
	ledger.FigureRow
	Words   string        // the article's own
	Said    string        // with what bounds it: "more than 90 percent"
	Around  template.HTML // with the words around them
	Speaker *line         // who gives it, if anybody
	Outlet  string
	Day     string
	Title   string

	Published   string // as the record has it
	Sum         string // of a share: what it leaves of the whole ("1 − 0.9 = 0.1")
	Withdrawn   bool   // its article says that it does not hold
	Republished string // "as in X, 4 Mar 2031": the earlier figure that it repeats; "" where it is new
	Origin      string // whose line of the chart it is on: the speaker's, else that of the outlet of the report's origin

	units []*onrecord.Figure // the figure again, as the article gives it in other units
}

// Also is the figure in the other units in which its article gives it: "12.5 mile".
func (a *figureLine) Also() string {
	words := make([]string, len(a.units))
	for i, c := range a.units {
		words[i] = amount(onrecord.Figure{Low: c.Low, High: c.High, Unit: c.Unit})
	}
	return strings.Join(words, ", ")
}

// in converts the figure to a unit: as given by its article, else by conversion. It reports whether that is possible.
func (a *figureLine) in(name string) (onrecord.Figure, bool) {
	f := a.Figure
	share := func(unit string) bool { return unit == "percent" || unit == "" }
	if f.Unit == name || share(f.Unit) && share(name) {
		return f, true
	}
	for _, c := range a.units {
		if c.Unit == name {
			f.Low, f.High, f.Unit = c.Low, c.High, c.Unit
			return f, true
		}
	}
	low, ok := unit.Convert(f.Low, f.Unit, name)
	high, _ := unit.Convert(f.High, f.Unit, name)
	f.Low, f.High, f.Unit = rounded(low), rounded(high), name
	return f, ok
}

// rounded is a converted value with the precision that an article would use.
func rounded(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 4, 64), 64)
	return v
}

type measure struct {
	onrecord.Measure
	Lines []figureLine
	All   int           // figures, shown or not
	Last  *figureLine   // the figure published last
	Spark template.HTML // a small picture
}

type dispute struct {
	onrecord.Dispute
	Sides [2][]side
	More  [2]int // members not shown
}

// A side is a member of one side of a dispute: a statement or a figure.
type side struct {
	Line   *line
	Figure *figureLine
	Alike  []*line // the same words by the same speaker, elsewhere
}

// alike puts statements of the same words by the same speaker into one row.
func alike(members []side) (list []side) {
	at := map[string]int{}
	for _, m := range members {
		if m.Line == nil {
			list = append(list, m)
			continue
		}
		key := m.Line.Speaker + " " + plainWords(m.Line.Full())
		if k, known := at[key]; known {
			list[k].Alike = append(list[k].Alike, m.Line)
			continue
		}
		at[key] = len(list)
		list = append(list, m)
	}
	return list
}

// A pairing is a copy with its aligned passages.
type pairing struct {
	onrecord.Copy
	Copying, Copied ledger.ArticleRow
	Pairs           []pair
	More            int
}

type pair struct {
	Left, Right         string // of the origin, of the copy
	LeftHref, RightHref string
}

type report struct {
	onrecord.Report
	Origin   ledger.ArticleRow
	Articles []ledger.ArticleRow
}

// A timelineDay is a day of a story: the articles published and the utterances first published on it.
type timelineDay struct {
	Day      string
	Articles []ledger.ArticleRow
	Said     []utterance
	More     int // articles not shown
}

type storyPage struct {
	linkState
	Story                                onrecord.Story
	Brief                                []briefLine
	Version                              rowVersion
	Outlets, Languages                   []string
	Filter                               storyFilter
	Filtered                             bool
	Groups                               []speakerGroup
	Measures                             []measure
	Unmeasured                           []figureLine // figures without a measure
	Disputes                             []dispute
	Matters                              []matter // asked and promised
	MoreMatters                          int
	Reports                              []report
	Copies                               []pairing
	Articles                             []ledger.ArticleRow
	Count                                map[string]int // statements by article
	Days                                 []timelineDay
	Total                                int // statements
	Doubts                               doubts
	AllDisputes, AllArticles, AllReports int
	Pages                                map[string]pager // by list
	Lineage                              *lineage
	Picture                              template.HTML // of the lineage
}

// leadingSpeakers is how many speakers of a story's page are shown before the others are folded away.
const leadingSpeakers = 4

// Leading are the speakers with most statements on the page; all where a speaker was asked for.
func (p *storyPage) Leading() []speakerGroup {
	if p.Filter.Speaker != "" || len(p.Groups) <= leadingSpeakers+1 {
		return p.Groups
	}
	return p.Groups[:leadingSpeakers]
}

// Others are the other speakers.
func (p *storyPage) Others() []speakerGroup { return p.Groups[len(p.Leading()):] }

// An index looks up rows of one view by id.
type index struct {
	articles   map[string]*ledger.ArticleRow
	offsets    map[string]*offsets
	statements map[string]*ledger.StatementRow
	speakers   map[string]*onrecord.Speaker
	drift      map[string][]onrecord.Drift   // by statement
	wording    map[string]string             // of a statement's utterance, by statement
	reports    map[string]*onrecord.Report   // by article
	units      map[string][]*onrecord.Figure // conversions of a figure, by it
}

func newIndex(v *ledger.StoryView) *index {
	d := &index{
		map[string]*ledger.ArticleRow{},
		map[string]*offsets{},
		map[string]*ledger.StatementRow{},
		map[string]*onrecord.Speaker{},
		map[string][]onrecord.Drift{},
		map[string]string{},
		map[string]*onrecord.Report{},
		map[string][]*onrecord.Figure{},
	}
	for i := range v.Figures {
		if f := &v.Figures[i].Figure; f.ConversionOf != "" {
			d.units[f.ConversionOf] = append(d.units[f.ConversionOf], f)
		}
	}
	for i := range v.Reports {
		for _, a := range v.Reports[i].Articles {
			d.reports[a] = &v.Reports[i]
		}
	}
	for i := range v.Articles {
		d.articles[v.Articles[i].ID] = &v.Articles[i]
	}
	for i := range v.Statements {
		d.statements[v.Statements[i].ID] = &v.Statements[i]
	}
	for i := range v.Speakers {
		d.speakers[v.Speakers[i].ID] = &v.Speakers[i].Speaker
	}
	for _, u := range v.Utterances {
		for _, x := range u.Drift {
			d.drift[x.Statement] = append(d.drift[x.Statement], x)
			d.wording[x.Statement] = clip(u.Wording, longQuote)
		}
	}
	return d
}

// article is the article with an id, or a placeholder with nothing but the id.
func (d *index) article(id string) ledger.ArticleRow {
	if a := d.articles[id]; a != nil {
		return *a
	}
	return ledger.ArticleRow{Article: onrecord.Article{ID: id, Title: "article " + id}}
}

// line is how a statement is listed.
func (d *index) line(s *ledger.StatementRow) line {
	a := d.article(s.Article)
	words := quote(a.Text, s.Content, longQuote)
	l := line{
		StatementRow: *s, Cue: quote(a.Text, s.Cue, 120), SourceWords: quote(a.Text, s.Source, 120), To: quote(a.Text, s.Addressee, 80), Reason: quote(a.Text, s.Anonymity, 160),
		Outlet: a.Outlet, Title: a.Title, Day: published(a.Published), Published: a.Published.Value, text: a.Text,
	}
	var marks []mark
	for _, x := range d.drift[s.ID] {
		l.Drift = append(l.Drift, toChange(x))
		if _, role := kindOfDrift(x.Kind); x.Kind != onrecord.DriftSpeaker {
			marks = append(marks, driftMarks(words, d.wording[s.ID], x.To, role)...)
		}
	}
	l.Words = markUp(words, marks, nil, false)
	return l
}

// lineInContext is a statement as disputes list it: content too short to be understood alone ("this") is shown in context.
func (d *index) lineInContext(s *ledger.StatementRow) line {
	l := d.line(s)
	if full := l.Full(); full != "" && len(full) < 24 && len(s.Content) == 1 {
		words, at := around(l.text, s.Content[0], 90)
		l.Words = markUp(words, []mark{{at, found}}, nil, false)
	}
	return l
}

func (d *index) figure(f *ledger.FigureRow) figureLine {
	a := d.article(f.Article)
	out := figureLine{
		FigureRow: *f, Words: quote(a.Text, []onrecord.Span{f.Span}, 120), Said: inPrint(a.Text, &f.Figure), Outlet: a.Outlet, Day: published(a.Published),
		Title: a.Title, Published: a.Published.Value, Sum: remainder(f.Figure), units: d.units[f.ID],
	}
	words, at := around(a.Text, f.Span, 90)
	out.Around = markUp(words, []mark{{at, figure}}, nil, false)
	if s := d.statements[f.Statement]; s != nil {
		l := d.line(s)
		out.Speaker = &l
	}
	return out
}

// measure is a measure with those of its figures that are given. Each belongs to the line of its origin: the speaker who gives it if known,
// else the outlet of the report's origin. A figure that repeats an earlier one of the same origin, for no other time, counts as republished.
func (d *index) measure(m *onrecord.Measure, figures map[string]*ledger.FigureRow) measure {
	row := measure{Measure: *m}
	for _, a := range m.Figures {
		f := figures[a.Figure]
		if f == nil {
			continue
		}
		x := d.figure(f)
		x.Complement = a.Complement
		row.Lines = append(row.Lines, x)
	}
	inPrint := make([]*figureLine, len(row.Lines))
	for i := range row.Lines {
		inPrint[i] = &row.Lines[i]
	}
	slices.SortStableFunc(inPrint, func(a, b *figureLine) int { return cmp.Compare(cmp.Or(a.Published, "9"), cmp.Or(b.Published, "9")) })
	type saying struct {
		origin, sign, unit string
		low, high          float64
		opposite           bool
		any                bool // of whatever time
		from, to           time.Time
	}
	first := map[saying]*figureLine{}
	for _, x := range inPrint {
		x.Origin = d.origin(x)
		x.Withdrawn = withdrawn(m, x)
		f, ok := x.in(m.Unit)
		if !ok {
			f = x.Figure
		}
		key := saying{x.Origin, f.Comparator, f.Unit, f.Low, f.High, x.Complement, false, x.AsOf.From, x.AsOf.To}
		untimed, any := key, key
		untimed.from, untimed.to = time.Time{}, time.Time{}
		any.from, any.to, any.any = time.Time{}, time.Time{}, true
		y := first[key]
		if y == nil {
			y = first[untimed]
		}
		if y == nil && !x.AsOf.Known() {
			y = first[any]
		}
		if y != nil {
			x.Republished = "as in " + cmp.Or(y.Outlet, "an unknown outlet") + ", " + y.Day
			continue
		}
		first[key] = x
		if first[any] == nil {
			first[any] = x
		}
	}
	return row
}

// withdrawn says whether the measure's evidence has a figure as withdrawn by its article: link says so in these words.
func withdrawn(m *onrecord.Measure, x *figureLine) bool {
	f, ok := x.in(m.Unit)
	called := cmp.Or(x.Outlet, "“"+x.Title+"”")
	if len(x.Published) >= len(time.DateOnly) {
		called += " of " + x.Published[:len(time.DateOnly)]
	}
	return ok && slices.ContainsFunc(m.Basis, func(b string) bool {
		value, in, is := strings.Cut(b, " is withdrawn in ")
		number, _, _ := strings.Cut(strings.TrimLeft(value, "<>~="), " ")
		return is && in == called && number == measures.Number(f.Low)
	})
}

// origin is the name of the line of a figure.
func (d *index) origin(a *figureLine) string {
	if a.Speaker != nil && a.Speaker.SpeakerName != "" {
		return a.Speaker.SpeakerName
	}
	outlet, title := a.Outlet, a.Title
	if r := d.reports[a.Article]; r != nil && d.articles[r.Origin] != nil {
		outlet, title = d.articles[r.Origin].Outlet, d.articles[r.Origin].Title
	}
	if outlet == "" { // outlets that are not known are not one
		outlet = "the article “" + clip(cmp.Or(title, a.Article), 40) + "”"
	}
	if a.Speaker != nil && a.Speaker.SourceWords != "" {
		return "“" + a.Speaker.SourceWords + "” in " + outlet
	}
	return outlet
}

// around is a span with up to n bytes of its line on either side, and where the span is in that text.
func around(text string, s onrecord.Span, n int) (string, onrecord.Span) {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return "", onrecord.Span{}
	}
	from := runeStart(text, max(0, s.Start-n))
	to := runeStart(text, min(len(text), s.End+n))
	before, after := text[from:s.Start], text[s.End:to]
	if i := strings.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	} else if i := strings.IndexByte(before, ' '); i >= 0 && from > 0 {
		before = "…" + before[i:]
	}
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	} else if i := strings.LastIndexByte(after, ' '); i >= 0 && to < len(text) {
		after = after[:i] + " …"
	}
	return before + s.Of(text) + after, onrecord.Span{Start: len(before), End: len(before) + s.Len()}
}

// utterance is how an utterance is listed. Renditions are in the ledger's order: by publication.
func (d *index) utterance(u *onrecord.Utterance) utterance {
	t := utterance{ID: u.ID, First: u.First, Confidence: u.Confidence, Basis: u.Basis}
	var marks []mark
	wording := clip(u.Wording, longQuote)
	marked := map[mark]bool{}
	for _, x := range u.Drift {
		s := d.statements[x.Statement]
		if s == nil || x.Kind == onrecord.DriftSpeaker {
			continue
		}
		_, role := kindOfDrift(x.Kind)
		for _, m := range driftMarks(wording, quote(d.article(s.Article).Text, s.Content, longQuote), x.From, role) {
			if !marked[m] {
				marked[m] = true
				marks = append(marks, m)
			}
		}
	}
	t.Wording = markUp(wording, marks, nil, false)
	in := map[string]bool{}
	for _, id := range u.Statements {
		if s := d.statements[id]; s != nil {
			t.Lines = append(t.Lines, d.line(s))
			in[s.Article] = true
		}
	}
	t.Articles = len(in)
	return t
}

// groups groups the statements shown by speaker and utterance. An utterance whose renditions name different speakers is listed under its own
// speaker, or else under the first that a rendition names; renditions that name another are labelled.
func (d *index) groups(v *ledger.StoryView, shown map[string]bool) []speakerGroup {
	groups := map[string]*speakerGroup{}
	group := func(id string, s *ledger.StatementRow) *speakerGroup {
		g := groups[id]
		if g == nil {
			g = &speakerGroup{ID: id}
			switch p := d.speakers[id]; {
			case p != nil:
				g.Name, g.Kind, g.Roles, g.Aliases = p.Name, p.Kind, p.Roles, p.Aliases
			case id != "":
				g.Name = s.SpeakerName
			}
			groups[id] = g
		}
		return g
	}
	placed := map[string]bool{}
	for i := range v.Utterances {
		u := &v.Utterances[i]
		t := d.utterance(u)
		t.Lines = slices.DeleteFunc(t.Lines, func(l line) bool { return !shown[l.ID] })
		if len(t.Lines) == 0 {
			continue
		}
		id := u.Speaker
		for k := 0; id == "" && k < len(t.Lines); k++ {
			id = t.Lines[k].Speaker
		}
		for k := range t.Lines {
			t.Lines[k].Again = placed[t.Lines[k].ID]
			placed[t.Lines[k].ID] = true
			t.Lines[k].Other = t.Lines[k].Speaker != id
		}
		g := group(id, &t.Lines[0].StatementRow)
		g.Utterances = append(g.Utterances, t)
	}
	for i := range v.Statements {
		s := &v.Statements[i]
		if placed[s.ID] || !shown[s.ID] {
			continue
		}
		g := group(s.Speaker, s)
		published, _ := d.article(s.Article).Published.Day()
		g.Utterances = append(g.Utterances, utterance{Lines: []line{d.line(s)}, Articles: 1, First: published, Confidence: s.Confidence})
	}
	for i := range v.Statements { // its own, each once: a quotation may stand in more utterances, and a rendition be given to another
		if s := &v.Statements[i]; shown[s.ID] && groups[s.Speaker] != nil {
			groups[s.Speaker].Count++
		}
	}
	out := make([]speakerGroup, 0, len(groups))
	for _, g := range groups {
		slices.SortStableFunc(g.Utterances, func(a, b utterance) int { return byDay(a.First, b.First) })
		out = append(out, *g)
	}
	slices.SortFunc(out, func(a, b speakerGroup) int {
		unknown := func(v speakerGroup) int { return map[bool]int{true: 1}[v.ID == ""] }
		return cmp.Or(unknown(a)-unknown(b), b.Count-a.Count, strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return out
}

// byDay orders days, unknown ones last.
func byDay(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

func (d *index) disputes(rows []onrecord.Dispute, figures map[string]*ledger.FigureRow) []dispute {
	out := make([]dispute, 0, len(rows))
	for _, r := range rows {
		x := dispute{Dispute: r}
		for i, ids := range r.Sides {
			for _, id := range ids {
				if s := d.statements[id]; s != nil {
					l := d.lineInContext(s)
					x.Sides[i] = append(x.Sides[i], side{Line: &l})
				} else if f := figures[id]; f != nil {
					a := d.figure(f)
					x.Sides[i] = append(x.Sides[i], side{Figure: &a})
				}
			}
		}
		out = append(out, x)
	}
	return out
}

func (d *index) pairing(c onrecord.Copy, most int) pairing {
	p := pairing{Copy: c, Copying: d.article(c.Article), Copied: d.article(c.Origin)}
	for i, a := range c.Passages {
		if i == most {
			p.More = len(c.Passages) - most
			break
		}
		p.Pairs = append(p.Pairs, pair{
			Left: quote(p.Copied.Text, []onrecord.Span{a.Origin}, longPassage), LeftHref: d.spanHref(&p.Copied, a.Origin),
			Right: quote(p.Copying.Text, []onrecord.Span{a.Span}, longPassage), RightHref: d.spanHref(&p.Copying, a.Span),
		})
	}
	return p
}

// spanHref is the address of a passage.
func (d *index) spanHref(a *ledger.ArticleRow, s onrecord.Span) string {
	o := d.offsets[a.ID]
	if o == nil {
		o = newOffsets(a.Text)
		d.offsets[a.ID] = o
	}
	return fmt.Sprintf("/article/%s?span=%d-%d#here", a.ID, o.Rune(s.Start), o.Rune(s.End))
}

// A storyFilter selects the articles of an outlet, a language and a period, and the statements of a speaker.
type storyFilter struct {
	Outlet, Speaker, Language, Since, Until string
	Doubtful                                bool // doubtful statements too
	from, to                                time.Time
}

func parseStoryFilter(q url.Values) (o storyFilter, err error) {
	o = storyFilter{Outlet: q.Get("outlet"), Speaker: strings.TrimSpace(q.Get("speaker")), Language: q.Get("language"), Since: q.Get("from"), Until: q.Get("until"), Doubtful: showsDoubtful(q)}
	o.from, o.to, err = dayRange(q)
	return o, err
}

// empty says that there is no filter.
func (o *storyFilter) empty() bool { return o.Outlet+o.Speaker+o.Language+o.Since+o.Until == "" }

// article says whether an article passes the filter.
func (o *storyFilter) article(a *ledger.ArticleRow) bool {
	day, _ := a.Published.Day()
	return (o.Outlet == "" || a.Outlet == o.Outlet) && (o.Language == "" || a.Language == o.Language) &&
		(o.from.IsZero() || !day.Before(o.from)) && (o.to.IsZero() || !day.IsZero() && day.Before(o.to))
}

// speaker says whether a statement is by the speaker, given by id or by part of the name.
func (o *storyFilter) speaker(s *ledger.StatementRow) bool {
	return o.Speaker == "" || s != nil && (s.Speaker == o.Speaker || strings.Contains(strings.ToLower(s.SpeakerName), strings.ToLower(o.Speaker)))
}

// apply selects the articles, statements and figures of a story, and counts the doubtful statements among those it would select. Utterances,
// measures and disputes are listed with their selected members.
func (o *storyFilter) apply(v *ledger.StoryView) (articles []ledger.ArticleRow, statements map[string]bool, figures []ledger.FigureRow, doubtful int) {
	in, by := map[string]bool{}, map[string]*ledger.StatementRow{}
	for i := range v.Articles {
		in[v.Articles[i].ID] = o.article(&v.Articles[i])
	}
	statements = map[string]bool{}
	speaks := map[string]bool{}
	for i := range v.Statements {
		s := &v.Statements[i]
		by[s.ID] = s
		if !in[s.Article] || !o.speaker(s) {
			continue
		}
		if s.Doubtful() {
			if doubtful++; !o.Doubtful {
				continue
			}
		}
		statements[s.ID], speaks[s.Article] = true, true
	}
	for i := range v.Articles {
		if a := &v.Articles[i]; in[a.ID] && (o.Speaker == "" || speaks[a.ID]) {
			articles = append(articles, *a)
		}
	}
	for i := range v.Figures {
		if f := &v.Figures[i]; f.ConversionOf == "" && in[f.Article] && o.speaker(by[f.Statement]) {
			figures = append(figures, *f)
		}
	}
	return articles, statements, figures, doubtful
}

// newStoryPage makes the page of a story, filtered as the address asks.
func newStoryPage(v *ledger.StoryView, q url.Values) (*storyPage, error) {
	filter, err := parseStoryFilter(q)
	if err != nil {
		return nil, err
	}
	d := newIndex(v)
	p := &storyPage{Story: v.Story, Version: rowVersion{"/story/", v.Story.ID, v.Model, v.Story.Basis}, Filter: filter, Filtered: !filter.empty(), Count: map[string]int{}}
	p.Outlets = distinct(v.Articles, func(a *ledger.ArticleRow) string { return a.Outlet })
	p.Languages = distinct(v.Articles, func(a *ledger.ArticleRow) string { return a.Language })
	articles, shown, kept, doubtful := filter.apply(v)
	p.Articles, p.Total, p.Doubts = articles, len(shown), newDoubts(doubtful, q, filter.Doubtful, "#statements")
	for i := range v.Statements {
		if s := &v.Statements[i]; filter.Doubtful || !s.Doubtful() {
			p.Count[s.Article]++
		}
	}
	p.Groups = d.groups(v, shown)
	figures := figuresByID(kept)
	p.addFigures(d, v.Measures, kept, figures)
	p.Disputes = d.disputes(slices.DeleteFunc(slices.Clone(v.Disputes), func(x onrecord.Dispute) bool {
		return p.Filtered && !slices.ContainsFunc(slices.Concat(x.Sides[0], x.Sides[1]), func(id string) bool { return shown[id] || figures[id] != nil })
	}), figuresByID(v.Figures))
	p.Reports = d.storyReports(v.Reports)
	for _, c := range v.Copies {
		p.Copies = append(p.Copies, d.pairing(c, 0))
	}
	p.Lineage = d.lineage(v)
	if len(p.Lineage.Rows) > 0 {
		p.Picture = template.HTML(p.Lineage.svg(wideStrip()) + p.Lineage.svg(slimStrip())) // all words in it went through writeXML
	}
	p.Days = days(p.Articles, p.Groups)
	if !p.Filtered {
		p.Brief = d.brief(v, p)
		p.Matters, p.MoreMatters = d.matters(v)
	}
	p.paginate(q)
	return p, nil
}

// distinct are the values of a field, sorted, without "".
func distinct[T any](rows []T, field func(*T) string) (values []string) {
	for i := range rows {
		if v := field(&rows[i]); v != "" {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// addFigures lists the selected figures by measure, largest first, then those without a measure.
func (p *storyPage) addFigures(d *index, measures []onrecord.Measure, kept []ledger.FigureRow, figures map[string]*ledger.FigureRow) {
	measured := map[string]bool{}
	for i := range measures {
		row := d.measure(&measures[i], figures)
		for k := range row.Lines {
			measured[row.Lines[k].ID] = true
		}
		if len(row.Lines) > 0 {
			p.Measures = append(p.Measures, row)
		}
	}
	slices.SortStableFunc(p.Measures, func(a, b measure) int { return len(b.Lines) - len(a.Lines) })
	for i := range kept {
		if !measured[kept[i].ID] {
			p.Unmeasured = append(p.Unmeasured, d.figure(&kept[i]))
		}
	}
}

// storyReports are reports with their articles, largest first.
func (d *index) storyReports(reports []onrecord.Report) (rows []report) {
	for _, r := range reports {
		row := report{Report: r, Origin: d.article(r.Origin)}
		for _, id := range r.Articles {
			if id != r.Origin {
				row.Articles = append(row.Articles, d.article(id))
			}
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b report) int { return len(b.Articles) - len(a.Articles) })
	return rows
}

// paginate cuts each list to the requested page.
func (p *storyPage) paginate(q url.Values) {
	pages := map[string]pager{}
	p.Pages = pages
	p.AllDisputes, p.AllArticles, p.AllReports = len(p.Disputes), len(p.Articles), len(p.Reports)
	p.Groups, pages["statements"] = pagedGroups(p.Groups, q, "statements")
	p.Measures, pages["measures"] = paged(p.Measures, q, "measures", measuresPerPage)
	for i := range p.Measures {
		m := &p.Measures[i]
		m.All, m.Last = len(m.Lines), m.last()
		m.Spark = template.HTML(newChart(m, byPublished).spark()) // numbers alone
		m.Lines = m.Lines[:min(m.All, measureFiguresShown)]
	}
	p.Unmeasured, pages["figures"] = paged(p.Unmeasured, q, "figures", figuresPerPage)
	p.Disputes, pages["disputes"] = paged(p.Disputes, q, "disputes", disputesPerPage)
	for i := range p.Disputes {
		d := &p.Disputes[i]
		for k := range d.Sides {
			members := alike(d.Sides[k])
			d.Sides[k] = members[:min(len(members), membersShown)]
			d.More[k] = len(members) - len(d.Sides[k])
		}
	}
	p.Articles, pages["articles"] = paged(p.Articles, q, "articles", articlesPerPage)
	p.Days, pages["timeline"] = paged(p.Days, q, "timeline", daysPerPage)
	for i := range p.Days {
		m := &p.Days[i]
		shown := m.Articles[:min(len(m.Articles), perDayShown)]
		m.More = len(m.Articles) - len(shown)
		m.Articles = shown
		m.Said = m.Said[:min(len(m.Said), perDayShown)]
	}
	p.Reports = p.Reports[:min(len(p.Reports), reportsShown)]
}

// days is the timeline: the articles and new utterances of each day. Unknown days come last.
func days(articles []ledger.ArticleRow, groups []speakerGroup) []timelineDay {
	type entry struct {
		at time.Time
		timelineDay
	}
	byKey := map[string]*entry{}
	get := func(t time.Time) *entry {
		k := day(t)
		if byKey[k] == nil {
			byKey[k] = &entry{t, timelineDay{Day: k}}
		}
		return byKey[k]
	}
	for _, a := range articles {
		t, _ := a.Published.Day()
		e := get(t)
		e.Articles = append(e.Articles, a)
	}
	for _, v := range groups {
		for _, t := range v.Utterances {
			if t.ID != "" && len(t.Lines) > 1 {
				e := get(t.First)
				e.Said = append(e.Said, t)
			}
		}
	}
	list := make([]*entry, 0, len(byKey))
	for _, e := range byKey {
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *entry) int { return byDay(a.at, b.at) })
	out := make([]timelineDay, len(list))
	for i, e := range list {
		out[i] = e.timelineDay
	}
	return out
}
