package source

import (
	"errors"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/onrecord/onrecord/internal/sentinel"
	"github.com/onrecord/onrecord/source/wire"
)

// Signs that a text was not given as the text that people read.
var (
	// A mark of HTML that somebody who only writes about HTML would not leave: one that ends an element, or that breaks a line.
	tagged    = regexp.MustCompile(`(?i)</(?:a|abbr|b|blockquote|cite|div|em|figcaption|figure|font|h[1-6]|i|li|ol|p|q|section|small|span|strong|sub|sup|table|td|tr|u|ul)\s*>|<(?:br|hr|p)(?:\s[^<>]*)?/?>`)
	broken    = regexp.MustCompile(`(?i)</?(?:blockquote|br|div|figcaption|figure|h[1-6]|hr|li|ol|p|section|table|td|tr|ul)(?:\s[^<>]*)?/?>`) // in paragraphs
	tag       = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>`)
	reference = regexp.MustCompile(`&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});`)
	escape    = regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|["'/nrt\\])`)
	escaped   = regexp.MustCompile(`\\"[^"]*\\"|\\u[0-9a-fA-F]{4}|\\n\\n|\\r\\n|\pL\\'\pL`)
)

// What is told of a text that was not given as it is read.
const (
	errTagged  sentinel.Error = "text: HTML, of which the tags were taken off"
	errEscaped sentinel.Error = "text: escaped once more than JSON does, which was undone"
	errCoded   sentinel.Error = "text: HTML character references (&quot;), which were decoded"
)

// escapings is how often one over the other a text may be escaped.
const escapings = 2

// unescaped is a text that was given with the marks of HTML or the escapes of JSON left in it, as people read it, and what was undone: nil
// where the text is as it was given.
func unescaped(s string) (string, error) {
	var notes []error
	for range escapings {
		was := s
		if strings.Contains(s, `\`) && escaped.MatchString(s) {
			s, notes = unquoted(s), append(notes, errEscaped)
		}
		switch {
		case strings.Contains(s, "<") && tagged.MatchString(s):
			s, notes = untagged(s), append(notes, errTagged)
		case strings.Contains(s, "&"):
			if plain := decodedReferences(s); plain != s {
				s, notes = plain, append(notes, errCoded)
			}
		}
		if s == was {
			break
		}
	}
	return s, errors.Join(slices.Compact(notes)...)
}

// untagged is a text without tags: its lines stay where no tag makes paragraphs.
func untagged(s string) string {
	if broken.MatchString(s) {
		return wire.Markup(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n\n", "<p>"))
	}
	return decodedReferences(tag.ReplaceAllString(s, ""))
}

func decodedReferences(s string) string {
	return reference.ReplaceAllStringFunc(s, html.UnescapeString)
}

// unquoted is a text without the escapes of a JSON string.
func unquoted(s string) string {
	var last rune // the first half of a pair
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		if e[1] != 'u' {
			return map[byte]string{'n': "\n", 'r': "\r", 't': "\t"}[e[1]] + strings.Trim(e[1:], "nrt")
		}
		n, _ := strconv.ParseUint(e[2:], 16, 32) // four digits
		r := rune(n)
		if utf16.IsSurrogate(r) {
			pair := utf16.DecodeRune(last, r)
			if last = r; pair == '\ufffd' {
				return ""
			}
			r = pair
		}
		if r == 0 {
			return ""
		}
		return string(r)
	})
}
