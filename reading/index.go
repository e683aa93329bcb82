package reading

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/text"
)

// An index reads the layers of one document.
type index struct{ d *text.Doc }

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
