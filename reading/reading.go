// Package reading puts together what one article says: its statements, figures, times and speakers. It is a pure function of
// the article (text, title, day of publication) and the model.
package reading

import (
	"cmp"
	"context"
	_ "embed" // for version.txt
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/attribution/weights"
	"github.com/onrecord/onrecord/reading/figure"
	"github.com/onrecord/onrecord/reading/language"
	"github.com/onrecord/onrecord/reading/layout"
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

// A draft is a statement in the making.
type draft = attribution.Draft

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

// Reads says whether texts in a language are read: those in English, and those that do not show their language.
func Reads(tag string) bool {
	return tag == "" || tag == language.English || strings.HasPrefix(tag, language.English+"-")
}

// Read reads one article, whatever it costs: see [Check]. It is deterministic and safe for concurrent use.
//
// Statements that stand in an aside are none of the story: captions and the sentence of an embed keep theirs, marked apart by
// the aside they stand in; other asides yield none. A text in a language that is not read (see [Reads]) has no rows.
func Read(a *onrecord.Article) *onrecord.Reading {
	r, err := Within(context.Background(), a)
	if err != nil { // nobody stops it
		panic(err)
	}
	return r
}

// Within is [Read] for no longer than ctx lasts: it fails with what ctx says when it is done.
func Within(ctx context.Context, a *onrecord.Article) (*onrecord.Reading, error) {
	r := &onrecord.Reading{Article: a, Model: Version()}
	article := a.ID
	if article == "" {
		article = onrecord.ArticleID(a)
	}
	a, view := seen(a)
	if r.Language = lex.languages.Identify(a.Text, a.Language); !Reads(r.Language) {
		return r, nil
	}
	d := text.Parse(a.Text)
	d.Within = ctx
	title := layout.Headline(a.Text, a.Title)
	var silent, cut []onrecord.Aside
	asides := layout.Asides(a.Text)
	for _, a := range asides {
		r.Asides = append(r.Asides, a.Aside)
		switch a.Fate {
		case layout.Mute:
			silent = append(silent, a.Aside)
		case layout.Thin:
			cut = append(cut, a.Aside)
		}
	}
	l := english.Annotate(d)
	if d.Over() {
		return nil, ctx.Err()
	}
	page := layout.Of(l, title, asides)

	atoms := number.Lex(a.Text)
	r.Times = when.FindIn(atoms, a.Published)
	statements := without(attribution.Find(l, page, title, silent), d, cut)
	figures := figure.FindIn(atoms, l, r.Times, a.Published)
	if d.Over() {
		return nil, ctx.Err()
	}
	x := index{d, page}
	x.mend(l, statements, r.Times, r.Asides)
	x.closings(l, statements)
	echoes := x.echoes(l)
	x.apart(echoes, statements)
	x.coordinated(l, statements)
	statements = join(statements, x.byLayout(l, statements, r.Asides, echoes), nil)
	statements = x.owned(l, statements)
	drop := map[int]bool{}
	x.named(l, statements, drop)
	x.addressees(l, statements)

	r.Speakers = speaker.Resolve(l, page, statements, r.Asides)
	if d.Over() {
		return nil, ctx.Err()
	}
	x.unheard(statements)
	x.anonymity(l, statements, r.Speakers, drop)
	x.declining(l, statements, drop)
	x.labels(l, statements, r.Speakers, drop)
	statements = voiced(statements, drop)
	r.Speakers = speaking(r.Speakers, statements)
	stamps := x.stamps(r.Times)
	for i := range statements {
		s := &statements[i]
		if s.Stance = x.stance(l, s); s.Asks {
			s.Stance = onrecord.Asks
		}
		s.Said = x.said(l, s, r.Times, stamps, a.Published)
	}
	adopted(statements)
	nest(statements)
	x.denials(l, statements, r.Speakers)
	x.relays(statements, r.Speakers)

	restore(&view, r, statements, figures, silent)
	finish(article, r, statements, figures, silent)
	return r, nil
}

// voiced leaves out the quotations alone of which nobody is known to have said them, and those to drop.
func voiced(statements []draft, drop map[int]bool) []draft {
	for i := range statements {
		if s := &statements[i]; s.By < 0 && s.Origin == attribution.Uncued {
			drop[i] = true
		}
	}
	return join(statements, nil, drop)
}

// speaking leaves out the speakers who say nothing after all and whom no name tells from others, and sets of right.
func speaking(speakers []onrecord.Speaker, statements []draft) []onrecord.Speaker {
	at := make([]int, len(speakers))
	for i := range statements {
		if k := statements[i].By; k >= 0 {
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
	for i := range statements {
		if s := &statements[i]; s.By >= 0 {
			s.By = at[s.By]
		}
	}
	return speakers[:n]
}

// within says whether s stands in one of the asides, which are in text order: the year of a copyright line is no time of the story.
func within(asides []onrecord.Aside, s onrecord.Span) bool {
	i, _ := slices.BinarySearchFunc(asides, s.Start, func(a onrecord.Aside, at int) int { return cmp.Compare(a.Span.End, at+1) })
	return i < len(asides) && asides[i].Span.Overlaps(s)
}

// without cuts the asides, which are in text order, out of the spans of statements that are more than the aside.
func without(statements []draft, d *text.Doc, asides []onrecord.Aside) []draft {
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

// carry tells each figure, in text order, the statement with the smallest part of content that holds it.
func carry(statements []onrecord.Statement, figures []figure.Draft) {
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
	for i := range figures {
		f := &figures[i]
		for len(parts) > 0 && parts[0].Start <= f.Span.Start {
			open, parts = append(open, parts[0]), parts[1:]
		}
		open = slices.DeleteFunc(open, func(p part) bool { return p.End <= f.Span.Start })
		least := 0
		for _, p := range open {
			if p.Contains(f.Span) && (f.Statement == "" || p.Len() < least) {
				f.Statement, least = statements[p.of].ID, p.Len()
			}
		}
	}
}

// finish makes rows of the drafts: it gives every row its id, from the article's id and where the row stands, and turns indexes into
// ids. Figures and times that stand in silent asides are left out.
func finish(article string, r *onrecord.Reading, statements []draft, figures []figure.Draft, silent []onrecord.Aside) {
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
	r.Statements = make([]onrecord.Statement, len(statements))
	for i := range statements {
		s := &r.Statements[i]
		*s = statements[i].Statement
		s.Article = article
		s.ID = id(onrecord.StatementKind, onrecord.FormatSpans(s.Source), onrecord.FormatSpans(s.Cue), onrecord.FormatSpans(s.Content))
	}
	for i := range statements {
		s, d := &r.Statements[i], &statements[i]
		if d.By >= 0 {
			s.Speaker = r.Speakers[d.By].ID
		}
		if d.Within >= 0 {
			s.Parent = r.Statements[d.Within].ID
		}
		if d.Denies >= 0 {
			s.Denied = r.Statements[d.Denies].ID
		}
	}
	r.Times = slices.DeleteFunc(r.Times, func(t onrecord.Time) bool { return within(silent, t.Span) })
	for i := range r.Times {
		t := &r.Times[i]
		t.Article = article
		t.ID = id(onrecord.TimeKind, onrecord.FormatSpans([]onrecord.Span{t.Span}), t.Kind)
	}
	carry(r.Statements, figures)
	r.Figures = make([]onrecord.Figure, 0, len(figures))
	for i := range figures {
		f := &figures[i]
		if within(silent, f.Span) {
			continue
		}
		f.Article = article
		f.ID = id(onrecord.FigureKind, onrecord.FormatSpans([]onrecord.Span{f.Span}))
		if f.Restates >= 0 {
			f.ConversionOf = figures[f.Restates].ID
		}
		r.Figures = append(r.Figures, f.Figure)
	}
}
