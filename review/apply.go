package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// Sure is the confidence of a row that a person has looked at.
const Sure = 1

// Apply is a machine's reading with reviews of its rows, or of rows of another version of its article, applied: those that hold, the
// oldest first (see [InForce]). Rows keep their ids. Rejected rows are left out, rows that people corrected have what they said, a row
// that people accepted or corrected and that this reading does not find is made again from the review, and what a person has looked at
// is sure. The machine's reading stays as it is.
func Apply(made *onrecord.Reading, list []onrecord.Review) *onrecord.Reading {
	if len(list) == 0 {
		return made
	}
	r := *made
	article := *made.Article
	r.Article = &article
	r.Statements, r.Figures, r.Times, r.Speakers = slices.Clone(made.Statements), slices.Clone(made.Figures), slices.Clone(made.Times), slices.Clone(made.Speakers)
	a := &applier{Reading: &r, offsets: text.NewOffsets(article.Text), at: map[string]string{}, out: map[string]bool{}}
	for i := range list {
		a.apply(&list[i])
	}
	a.leaveOut()
	return &r
}

// Holds says whether a review of a row of an article holds in a reading: its row is there, or its passage.
func Holds(r *onrecord.Reading, v *onrecord.Review) bool {
	a := &applier{Reading: r, offsets: text.NewOffsets(r.Article.Text), at: map[string]string{}}
	before := Read(v.Before)
	switch v.Row[:1] {
	case onrecord.ArticleKind:
		return true
	case onrecord.FigureKind, onrecord.TimeKind:
		return before.Passage != nil && len(a.find(&before, []Passage{*before.Passage})) > 0
	}
	return len(a.find(&before, slices.Concat(before.Cue, before.Content))) > 0
}

// An applier applies reviews to a reading.
type applier struct {
	*onrecord.Reading
	offsets *text.Offsets
	at      map[string]string // row of a review -> row of this reading
	out     map[string]bool   // rejected
	moved   bool              // what statements say has other bounds
}

func (a *applier) apply(v *onrecord.Review) {
	if v.Row == "" || v.Action != Accept && v.Action != Reject && v.Action != Correct {
		return
	}
	before, after := Read(v.Before), Read(v.After)
	if v.Action != Correct {
		after = Row{}
	}
	switch v.Row[:1] {
	case onrecord.ArticleKind:
		a.article(v, &before, &after)
	case onrecord.StatementKind:
		if s := a.statement(v, &before); s != nil {
			a.out[s.ID] = v.Action == Reject
			a.correctStatement(s, &after)
		}
	case onrecord.FigureKind:
		if f := a.figure(v, &before); f != nil {
			a.out[f.ID] = v.Action == Reject
			a.correctFigure(f, &after)
		}
	case onrecord.TimeKind:
		if before.Passage == nil {
			return
		}
		spans := a.find(&before, []Passage{*before.Passage})
		i := slices.IndexFunc(a.Times, func(t onrecord.Time) bool { return t.ID == v.Row || overlap([]onrecord.Span{t.Span}, spans) >= sameRow })
		if i >= 0 {
			a.out[a.Times[i].ID] = v.Action == Reject
		}
	}
}

// article gives the article what a person said of it; another version of it only what this one has as that had it.
func (a *applier) article(v *onrecord.Review, before, after *Row) {
	same := v.Row == a.Article.ID
	if after.Outlet != nil && (same || before.Outlet != nil && *before.Outlet == a.Article.Outlet) {
		a.Article.Outlet = *after.Outlet
	}
	if after.Published != nil && (same || before.Published != nil && *before.Published == a.Article.Published.Value) {
		a.Article.Published = onrecord.Published{Value: *after.Published, Precision: precision(*after.Published), Basis: "given"}
	}
}

// precision is that of a date of publication, by its length.
func precision(value string) string {
	switch {
	case value == "":
		return ""
	case len(value) > len("2006-01-02T15:04"):
		return "second"
	case len(value) > len(time.DateOnly):
		return "minute"
	}
	return map[int]string{len("2006"): "year", len("2006-01"): "month", len(time.DateOnly): "day"}[len(value)]
}

// sameRow is the share of the words of two rows of a kind, together, that both have, from which they are one.
const sameRow = 0.5

// overlap is the share of the letters in two lists of spans, together, that both have.
func overlap(a, b []onrecord.Span) float64 {
	common, all := 0, 0
	for _, s := range a {
		all += s.Len()
		for _, t := range b {
			common += max(0, min(s.End, t.End)-max(s.Start, t.Start))
		}
	}
	for _, t := range b {
		all += t.Len()
	}
	if all == common {
		return 0
	}
	return float64(common) / float64(all-common)
}

// find is where passages of a review stand in this article: where they were, or in another version of it where their words are found once,
// in the same order; nothing where they are not.
func (a *applier) find(before *Row, passages []Passage) []onrecord.Span {
	if len(passages) == 0 {
		return nil
	}
	spans := make([]onrecord.Span, len(passages))
	if before.Article == a.Article.ID {
		for i, p := range passages {
			if spans[i] = a.span(p); spans[i].Of(a.Article.Text) != p.Text {
				return nil
			}
		}
		return spans
	}
	// Of another version: the whole stretch from the first to the last word is looked for where it can be, the pieces else.
	for i, p := range passages {
		at := strings.Index(a.Article.Text, p.Text)
		if at < 0 || p.Text == "" {
			return nil
		}
		if strings.Contains(a.Article.Text[at+len(p.Text):], p.Text) { // twice: by what is beside it
			if at = a.beside(spans[:i], p.Text); at < 0 {
				return nil
			}
		}
		spans[i] = onrecord.Span{Start: at, End: at + len(p.Text)}
	}
	return spans
}

// besideMost is how far from another passage of its row words that are found more than once are looked for, in bytes.
const besideMost = 200

// beside is where words stand nearest to spans, -1 for nowhere near.
func (a *applier) beside(spans []onrecord.Span, words string) int {
	best, least := -1, besideMost
	for at, from := 0, 0; ; from = at + 1 {
		next := strings.Index(a.Article.Text[from:], words)
		if next < 0 {
			return best
		}
		at = from + next
		for _, s := range spans {
			if d := max(s.Start-at-len(words), at-s.End, 0); d < least {
				best, least = at, d
			}
		}
	}
}

func (a *applier) span(p Passage) onrecord.Span {
	s := onrecord.Span{Start: a.offsets.Byte(p.Start), End: a.offsets.Byte(p.End)}
	s.End = max(s.Start, s.End)
	return s
}

// statement is the statement of this reading that a review is of; one that is not there is made, unless it is rejected.
func (a *applier) statement(v *onrecord.Review, before *Row) *onrecord.Statement {
	id := cmp.Or(a.at[v.Row], v.Row)
	if i := slices.IndexFunc(a.Statements, func(s onrecord.Statement) bool { return s.ID == id }); i >= 0 {
		return &a.Statements[i]
	}
	spans := a.find(before, slices.Concat(before.Cue, before.Content))
	if spans == nil {
		return nil
	}
	best, most := -1, 0.0
	for i := range a.Statements {
		s := &a.Statements[i]
		if o := overlap(slices.Concat(s.Cue, s.Content), spans); o >= sameRow && o > most {
			best, most = i, o
		}
	}
	if best < 0 {
		if v.Action == Reject {
			return nil
		}
		a.Statements = append(a.Statements, a.again(v, before, spans))
		slices.SortStableFunc(a.Statements, func(s, t onrecord.Statement) int { return cmp.Compare(first(&s), first(&t)) })
		best = slices.IndexFunc(a.Statements, func(s onrecord.Statement) bool { return s.ID == v.Row })
	}
	a.at[v.Row] = a.Statements[best].ID
	return &a.Statements[best]
}

// first is where a statement begins.
func first(s *onrecord.Statement) int {
	at := -1
	for _, x := range slices.Concat(s.Source, s.Cue, s.Content) {
		if at < 0 || x.Start < at {
			at = x.Start
		}
	}
	return at
}

// again is the statement that a review was of, where this reading has none.
func (a *applier) again(v *onrecord.Review, before *Row, spans []onrecord.Span) onrecord.Statement {
	s := onrecord.Statement{ID: v.Row, Article: a.Article.ID, Kind: onrecord.Indirect, Stance: onrecord.Asserts, Cue: spans[:len(before.Cue)], Content: spans[len(before.Cue):]}
	s.Source = a.find(before, before.Source)
	set(&s.Kind, before.Kind)
	set(&s.Stance, before.Stance)
	if before.SpeakerName != nil {
		a.setSpeaker(&s, before)
	}
	return s
}

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

func (a *applier) correctStatement(s *onrecord.Statement, after *Row) {
	s.Confidence = Sure
	if s.Speaker != "" {
		s.SpeakerConfidence = Sure
	}
	set(&s.Kind, after.Kind)
	set(&s.Stance, after.Stance)
	if spans := a.find(&Row{Article: a.Article.ID}, after.Source); spans != nil {
		s.Source = spans
	}
	if spans := a.find(&Row{Article: a.Article.ID}, after.Content); spans != nil {
		s.Content, a.moved = spans, true
	}
	if after.Stance != nil && *after.Stance != onrecord.Denies {
		s.Denied = ""
	}
	if after.SpeakerName != nil {
		a.setSpeaker(s, after)
	}
}

// setSpeaker gives a statement the speaker that a review names: the one of the article who is that speaker, or one who is called so, or one more.
func (a *applier) setSpeaker(s *onrecord.Statement, said *Row) {
	name, kind := *said.SpeakerName, onrecord.Person
	set(&kind, said.SpeakerKind)
	if name == "" {
		s.Speaker, s.SpeakerConfidence = "", 0
		return
	}
	s.SpeakerConfidence = Sure
	if said.Voice != nil {
		if p := a.Speaker(*said.Voice); p != nil {
			s.Speaker = p.ID
			return
		}
	}
	for i := range a.Speakers {
		p := &a.Speakers[i]
		if p.Kind == kind && (strings.EqualFold(p.Name, name) || slices.ContainsFunc(p.Aliases, func(n string) bool { return strings.EqualFold(n, name) })) {
			s.Speaker = p.ID
			return
		}
	}
	p := onrecord.Speaker{ID: onrecord.NewID(onrecord.SpeakerKind, a.Article.ID, kind, name, "by review"), Article: a.Article.ID, Name: name, Kind: kind, Confidence: Sure}
	a.Speakers = append(a.Speakers, p)
	s.Speaker = p.ID
}

// figure is the figure of this reading that a review is of; one that is not there is made, unless it is rejected.
func (a *applier) figure(v *onrecord.Review, before *Row) *onrecord.Figure {
	id := cmp.Or(a.at[v.Row], v.Row)
	if i := slices.IndexFunc(a.Figures, func(f onrecord.Figure) bool { return f.ID == id }); i >= 0 {
		return &a.Figures[i]
	}
	if before.Passage == nil {
		return nil
	}
	spans := a.find(before, []Passage{*before.Passage})
	if spans == nil {
		return nil
	}
	best, most := -1, 0.0
	for i := range a.Figures {
		if o := overlap([]onrecord.Span{a.Figures[i].Span}, spans); o >= sameRow && o > most {
			best, most = i, o
		}
	}
	if best < 0 {
		if v.Action == Reject {
			return nil
		}
		f := onrecord.Figure{ID: v.Row, Article: a.Article.ID, Span: spans[0], Comparator: "="}
		a.correctFigure(&f, before)
		f.Statement = a.carrier(f.Span)
		a.Figures = append(a.Figures, f)
		slices.SortStableFunc(a.Figures, func(f, g onrecord.Figure) int { return cmp.Compare(f.Span.Start, g.Span.Start) })
		best = slices.IndexFunc(a.Figures, func(f onrecord.Figure) bool { return f.ID == v.Row })
	}
	a.at[v.Row] = a.Figures[best].ID
	return &a.Figures[best]
}

func (a *applier) correctFigure(f *onrecord.Figure, after *Row) {
	f.Confidence = Sure
	set(&f.Low, after.Low)
	set(&f.High, after.High)
	set(&f.Comparator, after.Comparator)
	set(&f.Unit, after.Unit)
	if after.Thing != nil && *after.Thing != f.Thing {
		f.Thing, f.ThingSpan = *after.Thing, a.nearest(f.Span, *after.Thing)
	}
	if after.Low != nil {
		f.Vague = false
	}
	if after.AsOf != nil {
		f.AsOf = onrecord.Interval{From: day(after.AsOf.From), To: day(after.AsOf.To), Basis: "review"}
	}
}

// nearest is where words stand nearest to a span, the zero span for nowhere near.
func (a *applier) nearest(s onrecord.Span, words string) onrecord.Span {
	if words == "" {
		return onrecord.Span{}
	}
	at := a.beside([]onrecord.Span{s}, words)
	if at < 0 {
		return onrecord.Span{}
	}
	return onrecord.Span{Start: at, End: at + len(words)}
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// carrier is the innermost statement whose content holds a span.
func (a *applier) carrier(s onrecord.Span) (id string) {
	least := -1
	for i := range a.Statements {
		if a.out[a.Statements[i].ID] {
			continue
		}
		for _, c := range a.Statements[i].Content {
			if c.Contains(s) && (least < 0 || c.Len() < least) {
				id, least = a.Statements[i].ID, c.Len()
			}
		}
	}
	return id
}

// leaveOut takes rejected rows away, and what points to them.
func (a *applier) leaveOut() {
	parent := map[string]string{}
	for i := range a.Statements {
		parent[a.Statements[i].ID] = a.Statements[i].Parent
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		for a.out[s.Parent] {
			s.Parent = parent[s.Parent]
		}
		if a.out[s.Denied] {
			s.Denied = ""
		}
	}
	a.Statements = slices.DeleteFunc(a.Statements, func(s onrecord.Statement) bool { return a.out[s.ID] })
	a.Figures = slices.DeleteFunc(a.Figures, func(f onrecord.Figure) bool { return a.out[f.ID] })
	for i := range a.Figures {
		f := &a.Figures[i]
		if a.out[f.ConversionOf] {
			f.ConversionOf = ""
		}
		if a.moved || a.out[f.Statement] {
			f.Statement = a.carrier(f.Span)
		}
	}
	a.Times = slices.DeleteFunc(a.Times, func(t onrecord.Time) bool { return a.out[t.ID] })
}
