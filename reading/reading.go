// Package reading puts together what one article says: its statements, figures, times and speakers. It is a pure function of
// the article (text, title, day of publication) and the model.
package reading

import (
	"cmp"
	_ "embed" // for version.txt
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/cespare/xxhash/v2"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/attribution/weights"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// rowsDigest is a digest of the rows of the invented articles, which a test of eval holds to what they are: so it names the rules of
// this room and of those it calls.
//
//go:embed version.txt
var rowsDigest string

// Version names the model: the rules of this room and of those it calls, by the rows that they make of the invented articles, and the
// weights they use. An article read by another version is read again.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	return fmt.Sprintf("reading-%s attribution-%08x %s", strings.TrimSpace(rowsDigest), uint32(xxhash.Sum64(weights.Model)), english.Version())
})

// ErrTooLong is of a text that has more than [text.MaxTokens] words and marks.
var ErrTooLong = fmt.Errorf("more than %d words and marks in one article", text.MaxTokens)

// Check says why an article cannot be read in the memory that is set aside for one: [ErrTooLong], or nil.
func Check(a *onrecord.Article) error {
	if text.TooLong(a.Text) {
		return ErrTooLong
	}
	return nil
}

// Read reads one article, whatever it costs: see [Check]. It is deterministic and safe for concurrent use.
//
// Statements that stand in an aside are none of the story: captions and the sentence of an embed keep theirs, marked apart by
// the aside they stand in; other asides yield none.
func Read(a *onrecord.Article) *onrecord.Reading {
	r := &onrecord.Reading{Article: a, Model: Version()}
	article := a.ID
	if article == "" {
		article = onrecord.ArticleID(a)
	}
	d := text.Parse(a.Text)
	title := headline(a.Text, a.Title)
	var silent, cut []onrecord.Aside
	for _, a := range findAsides(a.Text) {
		r.Asides = append(r.Asides, a.Aside)
		switch a.fate {
		case mute:
			silent = append(silent, a.Aside)
		case thin:
			cut = append(cut, a.Aside)
		}
	}
	l := english.Annotate(d)

	atoms := number.Lex(a.Text)
	r.Times = when.FindIn(atoms, a.Published)
	r.Statements = without(attribution.Find(l, title, silent), d, cut)
	figures := figure.FindIn(atoms, l, r.Times, a.Published)
	x := index{d}
	x.mend(l, r.Statements, r.Times, r.Asides)
	echoes := x.echoes(l)
	x.apart(echoes, r.Statements)
	r.Statements = join(r.Statements, x.byLayout(l, r.Statements, r.Asides, echoes))
	x.addressees(l, r.Statements)
	r.Figures = outside(figures, silent, func(f *onrecord.Figure) onrecord.Span { return f.Span })
	r.Times = outside(r.Times, silent, func(t *onrecord.Time) onrecord.Span { return t.Span })

	var of []int
	var sure []float64
	r.Speakers, of, sure = speaker.Resolve(l, r.Statements, r.Asides)
	for i := range r.Statements {
		r.Statements[i].SpeakerConfidence = sure[i]
	}
	drop := map[int]bool{}
	x.anonymity(l, r.Statements, r.Speakers, of, drop)
	x.declining(l, r.Statements, drop)
	x.labels(l, r.Statements, r.Speakers, of, drop)
	r.Statements, of = voiced(r.Statements, of, drop)
	r.Speakers = speaking(r.Speakers, of)
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Stance = x.stance(l, s)
		s.Said = x.said(l, s, r.Times, a.Published)
	}
	parents := within(r.Statements, parents(r.Statements))
	denied := x.denials(l, r.Statements, parents, r.Speakers, of)
	x.relays(r.Statements, parents, r.Speakers, of)
	holds := innermost(r.Statements, r.Figures)

	name(article, r, parents, of, denied, holds)
	return r
}

// voiced leaves out the quotations alone of which nobody is known to have said them, and those to drop.
func voiced(statements []onrecord.Statement, of []int, drop map[int]bool) ([]onrecord.Statement, []int) {
	keep := func(i int) bool {
		return !drop[i] && (of[i] >= 0 || len(statements[i].Cue) > 0 || statements[i].Confidence != sureUncued)
	}
	at, n := make([]int, len(statements)), 0
	for i := range statements {
		if at[i] = n; keep(i) {
			n++
		}
	}
	if n == len(statements) {
		return statements, of
	}
	for i, p := range parents(statements) {
		if p >= 0 {
			statements[i].Parent = "#" + strconv.Itoa(at[p])
		}
	}
	n = 0
	for i := range statements {
		if keep(i) {
			statements[n], of[n] = statements[i], of[i]
			n++
		}
	}
	return statements[:n], of[:n]
}

// speaking leaves out the speakers who say nothing after all and whom no name tells from others, and sets of right.
func speaking(speakers []onrecord.Speaker, of []int) []onrecord.Speaker {
	at := make([]int, len(speakers))
	for _, k := range of {
		if k >= 0 {
			at[k] = 1
		}
	}
	n := 0
	for k := range speakers {
		if s := &speakers[k]; at[k] == 0 && len(s.Learned) == 0 && s.Kind != onrecord.Person && s.Kind != onrecord.Organisation && s.Kind != onrecord.State {
			continue
		}
		speakers[n], at[k] = speakers[k], n
		n++
	}
	for i, k := range of {
		if k >= 0 {
			of[i] = at[k]
		}
	}
	return speakers[:n]
}

// outside leaves out the rows that stand in one of the asides, which are in text order: the year of a copyright line is no time
// of the story.
func outside[T any](rows []T, asides []onrecord.Aside, span func(*T) onrecord.Span) []T {
	return slices.DeleteFunc(rows, func(row T) bool {
		s := span(&row)
		i, _ := slices.BinarySearchFunc(asides, s.Start, func(a onrecord.Aside, at int) int { return cmp.Compare(a.Span.End, at+1) })
		return i < len(asides) && asides[i].Span.Overlaps(s)
	})
}

// without cuts the asides, which are in text order, out of the spans of statements that are more than the aside.
func without(statements []onrecord.Statement, d *text.Doc, asides []onrecord.Aside) []onrecord.Statement {
	if len(asides) == 0 {
		return statements
	}
	for i := range statements {
		s := &statements[i]
		source, cue, content := clip(s.Source, d, asides), clip(s.Cue, d, asides), clip(s.Content, d, asides)
		if len(cue)+len(content) > 0 {
			s.Source, s.Cue, s.Content = source, cue, content
		}
	}
	return statements
}

// clip cuts the asides out of the spans, and what is left to whole tokens.
func clip(spans []onrecord.Span, d *text.Doc, asides []onrecord.Aside) []onrecord.Span {
	var out []onrecord.Span
	for _, s := range spans {
		i, _ := slices.BinarySearchFunc(asides, s.Start, func(a onrecord.Aside, at int) int { return cmp.Compare(a.Span.End, at+1) })
		for ; i < len(asides) && asides[i].Span.Start < s.End; i++ {
			out = appendTokens(out, d, onrecord.Span{Start: s.Start, End: asides[i].Span.Start})
			s.Start = asides[i].Span.End
		}
		out = appendTokens(out, d, s)
	}
	return out
}

// appendTokens appends the span of the tokens that lie wholly in s, if there are any.
func appendTokens(out []onrecord.Span, d *text.Doc, s onrecord.Span) []onrecord.Span {
	if s.Start >= s.End {
		return out
	}
	r := d.TokensIn(s)
	if r.First < r.End && d.Tokens[r.First].Start < s.Start {
		r.First++
	}
	if r.First < r.End && d.Tokens[r.End-1].End > s.End {
		r.End--
	}
	if r.First < r.End {
		out = append(out, d.Span(r))
	}
	return out
}

// parents is the index of each statement's parent, or -1, from the "#i" that attribution leaves.
func parents(statements []onrecord.Statement) []int {
	p := make([]int, len(statements))
	for i, s := range statements {
		p[i] = -1
		if n, err := strconv.Atoi(strings.TrimPrefix(s.Parent, "#")); err == nil && n >= 0 && n < len(statements) && n != i {
			p[i] = n
		}
	}
	return p
}

// innermost is, for each figure, the index of the statement with the smallest part of content that holds it, or -1.
// Figures are in text order.
func innermost(statements []onrecord.Statement, figures []onrecord.Figure) []int {
	type part struct {
		onrecord.Span
		of int
	}
	var parts, open []part
	for i, s := range statements {
		for _, c := range s.Content {
			parts = append(parts, part{c, i})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.Start, b.Start) })
	holds := make([]int, len(figures))
	for i, f := range figures {
		for len(parts) > 0 && parts[0].Start <= f.Span.Start {
			open, parts = append(open, parts[0]), parts[1:]
		}
		open = slices.DeleteFunc(open, func(p part) bool { return p.End <= f.Span.Start })
		holds[i] = -1
		least := 0
		for _, p := range open {
			if p.Contains(f.Span) && (holds[i] < 0 || p.Len() < least) {
				holds[i], least = p.of, p.Len()
			}
		}
	}
	return holds
}

// name gives every row its id, from the article's id and where the row stands, and turns indexes into ids.
func name(article string, r *onrecord.Reading, parents, of, denied, holds []int) {
	given := map[string]int{}
	id := func(kind string, parts ...string) string {
		parts = append([]string{article}, parts...)
		id := onrecord.NewID(kind, parts...)
		for n := 2; given[id] > 0; n++ { // two rows at one place: the second says so
			id = onrecord.NewID(kind, append(parts, strconv.Itoa(n))...)
		}
		given[id]++
		return id
	}
	for i := range r.Speakers {
		s := &r.Speakers[i]
		s.Article = article
		s.ID = id(onrecord.SpeakerKind, s.Kind, s.Name, onrecord.FormatSpans(s.Spans))
		for j := range s.Learned {
			s.Learned[j].Article = article
		}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Article = article
		s.ID = id(onrecord.StatementKind, onrecord.FormatSpans(s.Source), onrecord.FormatSpans(s.Cue), onrecord.FormatSpans(s.Content))
		if of[i] >= 0 {
			s.Speaker = r.Speakers[of[i]].ID
		}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Parent, s.Denied = "", ""
		if parents[i] >= 0 {
			s.Parent = r.Statements[parents[i]].ID
		}
		if denied[i] >= 0 {
			s.Denied = r.Statements[denied[i]].ID
		}
	}
	for i := range r.Times {
		t := &r.Times[i]
		t.Article = article
		t.ID = id(onrecord.TimeKind, onrecord.FormatSpans([]onrecord.Span{t.Span}), t.Kind)
	}
	figureAt := map[string]string{} // ids by where figures begin
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Article = article
		f.ID = id(onrecord.FigureKind, onrecord.FormatSpans([]onrecord.Span{f.Span}))
		if holds[i] >= 0 {
			f.Statement = r.Statements[holds[i]].ID
		}
		figureAt[strconv.Itoa(f.Span.Start)] = f.ID
		f.ConversionOf = figureAt[f.ConversionOf] // that stands before it
	}
}

// longestTitle is the most bytes that a headline has; a longer "title" is the first paragraph that a program took for one.
const longestTitle = 220

// headline is the span of the title in the text: at its beginning, or the whole of one of the first lines; empty if it is not there.
// Marks and spaces may differ, and the text may close the headline with a period.
func headline(s, title string) onrecord.Span {
	want := plain(title)
	if want == "" || len(title) > longestTitle {
		return onrecord.Span{}
	}
	seen := 0
	for _, line := range lines(s) {
		if got := plain(line.Of(s)); got == want {
			return line
		}
		if seen++; seen == 6 {
			break
		}
	}
	return onrecord.Span{}
}

// plain folds a headline to what makes it the same: letters and digits, lower case.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
