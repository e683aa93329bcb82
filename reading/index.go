package reading

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"

	"onrecord"
	"onrecord/text"
)

// index finds tokens, sentences and paragraphs by their bytes.
type index struct{ d *text.Doc }

// at is the first token that ends after the byte; len(Tokens) behind the last.
func (x index) at(byte int) int {
	return sort.Search(len(x.d.Tokens), func(i int) bool { return x.d.Tokens[i].End > byte })
}

// in is the tokens that overlap the span.
func (x index) in(s onrecord.Span) text.Range {
	first := x.at(s.Start)
	end := first
	for end < len(x.d.Tokens) && x.d.Tokens[end].Start < s.End {
		end++
	}
	return text.Range{First: first, End: end}
}

// sentence is the number of the sentence that token i stands in, -1 if in none.
func (x index) sentence(i int) int { return holding(x.d.Sentences, i) }

// paragraph is the number of the paragraph that token i stands in, -1 if in none.
func (x index) paragraph(i int) int { return holding(x.d.Paragraphs, i) }

func holding(ranges []text.Range, i int) int {
	n := sort.Search(len(ranges), func(n int) bool { return ranges[n].End > i })
	if n < len(ranges) && ranges[n].First <= i {
		return n
	}
	return -1
}

// lines is the span of each line of s that holds more than white space, without the white space around it.
func lines(s string) []onrecord.Span {
	var out []onrecord.Span
	start := 0
	for i, r := range s {
		switch r {
		case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			out = appendLine(out, s, start, i)
			start = i
		}
	}
	return appendLine(out, s, start, len(s))
}

func appendLine(out []onrecord.Span, s string, start, end int) []onrecord.Span {
	if t := trim(s, onrecord.Span{Start: start, End: end}); t.Len() > 0 {
		out = append(out, t)
	}
	return out
}

// trim leaves out white space at the ends of the span.
func trim(s string, p onrecord.Span) onrecord.Span {
	for p.Start < p.End {
		r, n := utf8.DecodeRuneInString(s[p.Start:p.End])
		if !blank(r) {
			break
		}
		p.Start += n
	}
	for p.Start < p.End {
		r, n := utf8.DecodeLastRuneInString(s[p.Start:p.End])
		if !blank(r) {
			break
		}
		p.End -= n
	}
	return p
}

// blank says whether the rune shows nothing: white space, a byte order mark, a zero-width space.
func blank(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// covers says whether one of the spans overlaps s.
func covers(spans []onrecord.Span, s onrecord.Span) bool {
	return slices.ContainsFunc(spans, s.Overlaps)
}
