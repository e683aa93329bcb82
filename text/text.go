// Package text cuts an article's text into tokens, sentences, paragraphs and quotation marks. Nothing is changed: every layer
// is spans of bytes into the text as it was read, and text[span] is the token.
package text

import (
	"context"
	"sort"

	"github.com/onrecord/onrecord"
)

// A Token is a word, number, mark or symbol, as the Penn treebank cuts them: clitics ("do|n't", "Russia|'s") stand alone,
// hyphenated words and numbers ("al-Qaeda-affiliated", "1,458", "$|5.2") are whole, and abbreviations keep their period.
type Token struct {
	onrecord.Span
	Shape Shape
	Space bool // a blank (see [Blank]), or the beginning of the text, precedes it
}

// Shape is a class of token, from its characters alone.
type Shape uint8

// Shapes of tokens.
const (
	Lower  Shape = iota // "word"
	Title               // "Word"
	Upper               // "WORD", "U.S."
	Camel               // "iPhone", "McGurk"
	Number              // digits with marks inside
	Mixed               // letters and digits: "5G", "COVID-19"
	Open                // opening quotation mark, as resolved
	Close               // closing quotation mark, as resolved
	Punct               // other punctuation
	Symbol              // currency, percent and other signs
)

// A Range is a half-open range of token indexes.
type Range struct{ First, End int }

// A Quotation is text in quotation marks.
type Quotation struct {
	Span  onrecord.Span // marks included, where they stand
	Inner onrecord.Span // marks excluded
	Range Range         // tokens of Inner
	Depth int           // 0 outermost
	Rune  rune          // the opening mark, or the closing one where the opening is missing; “ for `` and ” for ''
	// NoOpen and NoClose: that mark is missing in the text. A paragraph of a quotation that the next paragraph reopens has NoClose.
	NoOpen, NoClose bool
	// Continues is the index in Doc.Quotations of the paragraph before of the same quotation, or -1. Where a text lost its
	// paragraphs, both may stand in one.
	Continues int
	// Scare: a word or a few used at a distance ("terrorist targets"), a title or a nickname rather than something said.
	// A hint from form alone: short, no verb-like ending mark, no cue needed to read it.
	Scare bool
}

// A Doc is an article's text with its layers.
type Doc struct {
	Text       string
	Tokens     []Token
	Sentences  []Range     // in order, covering all tokens; never across paragraphs
	Paragraphs []Range     // in order, covering all tokens
	Quotations []Quotation // in order, the outer before the inner; well nested; never across paragraphs

	// Within is for how long the document is read: its readers ask Over. Nil for as long as it takes.
	Within context.Context
}

// Over says that a document is not to be read any further. Loops over its sentences ask, and end: what they give then is of no use, and who
// set Within drops it.
func (d *Doc) Over() bool { return d.Within != nil && d.Within.Err() != nil }

// Word is the text of token i.
func (d *Doc) Word(i int) string { return d.Tokens[i].Of(d.Text) }

// Span is the span of bytes from the first to the last token of r, empty at the place of r.First when r is empty.
func (d *Doc) Span(r Range) onrecord.Span {
	if r.First >= r.End {
		if r.First < len(d.Tokens) {
			return onrecord.Span{Start: d.Tokens[r.First].Start, End: d.Tokens[r.First].Start}
		}
		return onrecord.Span{Start: len(d.Text), End: len(d.Text)}
	}
	return onrecord.Span{Start: d.Tokens[r.First].Start, End: d.Tokens[r.End-1].End}
}

// TokenAt is the first token that ends after byte b: the token at b, or the next one when b stands between two; the number of
// tokens when none follows.
func (d *Doc) TokenAt(b int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > b })
}

// TokensIn is the range of the tokens that overlap a span.
func (d *Doc) TokensIn(s onrecord.Span) Range {
	r := Range{First: d.TokenAt(s.Start)}
	r.End = r.First + sort.Search(len(d.Tokens)-r.First, func(i int) bool { return d.Tokens[r.First+i].Start >= s.End })
	return r
}

// SentenceAt is the index of the sentence that holds token i.
func (d *Doc) SentenceAt(i int) int { return rangeAt(d.Sentences, i) }

// ParagraphAt is the index of the paragraph that holds token i.
func (d *Doc) ParagraphAt(i int) int { return rangeAt(d.Paragraphs, i) }

func rangeAt(r []Range, i int) int {
	return sort.Search(len(r), func(k int) bool { return r[k].End > i })
}
