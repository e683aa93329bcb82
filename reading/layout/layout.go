package layout

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/text"
)

// A Kind is what kind of text a paragraph is.
type Kind uint8

// Kinds of paragraphs.
const (
	Prose   Kind = iota
	Spoken       // of a turn of a transcript or an interview
	Entry        // of a list that says of each name what it is, without a verb: charges, squads
	Row          // of a table
	Caption      // of a picture
	Apart        // an aside that nothing is found in
)

// A Layout is what kind of text each paragraph of a document is. It is decided once, before any model, and all readers obey it.
type Layout struct {
	Kinds []Kind // of the document's paragraphs
	Turns []Turn // in text order
	// Headings are the colons that stand behind a word for what follows, and not behind who says it: "Note:".
	Headings map[int]bool
	Quoted   // what stands in quotation marks
}

// A Turn is what one speaker says until another does, in a transcript or an interview. Its words need no quotation marks.
type Turn struct {
	Name text.Range   // the words before the colon that name who speaks; empty where none stand there
	Mark text.Range   // the colon; may be empty
	Said []text.Range // what is said, paragraph by paragraph; never empty
	// Voice is where the text names who speaks, where the turn itself does not; may be empty.
	Voice text.Range
	Asks  bool // it asks something of who answers in the next
	Sure  float64
}

// Of is the layout of a document with the title and the asides that stand in it.
func Of(l *english.Layer, title onrecord.Span, asides []Aside) *Layout {
	b := &builder{l: l, d: l.Doc, kinds: make([]Kind, len(l.Doc.Paragraphs)), headings: map[int]bool{}}
	b.mark(asides)
	if title.Len() > 0 && len(b.d.Tokens) > 0 {
		b.body = b.d.TokensIn(title).End
	}
	turns := b.labelled()
	if turns == nil {
		turns = b.interview()
	}
	if turns == nil {
		turns = b.letters()
	}
	if turns == nil {
		turns = b.advice()
	}
	b.rows()
	b.captions()
	return &Layout{Kinds: b.kinds, Turns: turns, Headings: b.headings, Quoted: quoted(b.d, b.kinds)}
}

// A builder makes a layout.
type builder struct {
	l     *english.Layer
	d     *text.Doc
	kinds []Kind
	body  int // the first token behind the title

	headings map[int]bool
}

// mark marks the paragraphs that are an aside from end to end.
func (b *builder) mark(asides []Aside) {
	for p, r := range b.d.Paragraphs {
		s := trim(b.d.Text, b.d.Span(r))
		i, _ := slices.BinarySearchFunc(asides, s.Start, func(a Aside, at int) int { return cmp.Compare(a.Span.End, at+1) })
		if i == len(asides) || !asides[i].Span.Contains(s) {
			continue
		}
		switch {
		case asides[i].Kind == caption:
			b.kinds[p] = Caption
		case asides[i].Fate == Mute:
			b.kinds[p] = Apart
		}
	}
}

// low is the word of token i in lower case, empty beyond the text.
func (b *builder) low(i int) string {
	if i < 0 || i >= len(b.d.Tokens) {
		return ""
	}
	return strings.ToLower(b.d.Word(i))
}

// spoken says whether one of the words by which somebody speaks stands in the tokens, outside of quotation marks: "I", "you".
func (b *builder) spoken(r text.Range, words *lexicon.Set) bool {
	open := false
	for i := r.First; i < r.End; i++ {
		switch b.d.Tokens[i].Shape {
		case text.Open:
			open = true
		case text.Close:
			open = false
		default:
			if !open && words.Has(b.low(i)) && b.d.Word(i) != "US" {
				return true
			}
		}
	}
	return false
}

// finite says whether a finite verb with a subject stands in the tokens.
func (b *builder) finite(r text.Range) bool {
	for i := r.First; i < r.End; i++ {
		if rel := b.l.Rels[i]; rel != "nsubj" && rel != "nsubj:pass" && rel != "expl" {
			continue
		}
		if h := int(b.l.Heads[i]); h >= r.First && h < r.End {
			return true
		}
	}
	return false
}

// stops says whether the tokens end as a sentence does.
func (b *builder) stops(r text.Range) bool {
	for i := r.End - 1; i >= r.First; i-- {
		switch b.d.Word(i) {
		case ".", "!", "?", "…", "...", ":":
			return true
		case ")", "]":
			continue
		}
		if b.d.Tokens[i].Shape != text.Close {
			return false
		}
	}
	return false
}

// rows marks the rows of tables: paragraphs of cells, with tabs or bars or wide gaps between, that no finite verb stands in.
func (b *builder) rows() {
	const fewest = 2 // cells' bounds
	for p, r := range b.d.Paragraphs {
		if b.kinds[p] != Prose || b.finite(r) {
			continue
		}
		bounds := 0
		for i := r.First + 1; i < r.End; i++ {
			gap := b.d.Text[b.d.Tokens[i-1].End:b.d.Tokens[i].Start]
			if strings.Contains(gap, "\t") || len(gap) > 2 && !strings.Contains(gap, "\n") || b.d.Word(i) == "|" {
				bounds++
			}
		}
		if bounds >= fewest {
			b.kinds[p] = Row
		}
	}
}

// captions marks captions that no mark of a page shows: paragraphs without a stop at their end that say where in a picture somebody
// stands.
func (b *builder) captions() {
	for p, r := range b.d.Paragraphs {
		if b.kinds[p] != Prose || b.stops(r) {
			continue
		}
		for i := r.First; i+2 < r.End; i++ {
			if b.d.Word(i) != "(" {
				continue
			}
			end := i + 1
			for end < r.End && b.d.Word(end) != ")" && b.d.Word(end) != "(" { // so that brackets in brackets are gone over once
				end++
			}
			if end < r.End && b.d.Word(end) == ")" && lex.pictured.Has(strings.ToLower(b.d.Span(text.Range{First: i + 1, End: end}).Of(b.d.Text))) {
				b.kinds[p] = Caption
				break
			}
		}
	}
}
