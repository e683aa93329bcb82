// Package layout says what the parts of a text are, before any model and once for all that read it.
package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

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

// longestTitle is the most bytes that a headline has; a longer "title" is the first paragraph that a program took for one.
const longestTitle = 220

// Headline is the span of the title in the text: at its beginning, or the whole of one of the first lines; empty if it is not there.
// Marks and spaces may differ, and the text may close the headline with a period.
func Headline(s, title string) onrecord.Span {
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
