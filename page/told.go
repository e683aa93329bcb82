package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/onrecord/onrecord"
)

// A text tells its day of publication in one of its first or last lines that are not blank.
const (
	toldHead = 5
	toldTail = 2
)

// dateline matches the beginning of a paragraph with a dateline that names the year, up to its day: "PORT DORN, March 4, 2031".
var dateline = regexp.MustCompile(`^\PL{0,3}\p{Lu}{3}[\p{L} .'’,/-]{0,60}, ((?i:` + strings.TrimPrefix(day.String(), `(?i)`) + `))\s*(?:\([^()]{2,40}\)\s*)?(?:[-–—:]|\.\.)`)

// Told is the day of publication that a text without one tells itself, with the basis "text": in a line of its own ("Published: 4 March 2031",
// above the text also "Tuesday, 4 March 2031"), or, with the basis "dateline", in a dateline that names the year. It is the zero
// value where the text tells none.
func Told(text string) onrecord.Published {
	lines := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	for i, line := range lines {
		above := i < toldHead
		if !above && i < len(lines)-toldTail || len(lines) == 1 && len(line) <= longestHead {
			continue
		}
		if p := dayOfLine(line, above); p.Value != "" {
			return p
		}
		if m := dateline.FindStringSubmatch(line[:min(len(line), longestHead)]); above && m != nil {
			return Published(plainDay(m[1]), "dateline")
		}
	}
	return onrecord.Published{}
}

// dayOfLine is the day in a line that says that it is the day of publication, or, above the text, in one of nothing but a day and,
// at most, who wrote the text.
func dayOfLine(line string, above bool) onrecord.Published {
	if len(line) > longestHead {
		return onrecord.Published{}
	}
	from := 0
	for _, m := range day.FindAllStringIndex(line, 4) {
		before, behind := line[from:m[0]], line[m[1]:]
		from = m[1]
		phrase := lastPhrase(before)
		if words.published.Has(phrase) || above && phrase == "" && (bare(before) || isBy(before)) && bare(behind) {
			return Published(plainDay(line[m[0]:m[1]]), "text")
		}
	}
	return onrecord.Published{}
}

// bare says whether what stands beside a day is no words: nothing, a day of the week, a time with its zone ("10:30 a.m. GMT").
func bare(s string) bool {
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	return !slices.ContainsFunc(fields, func(f string) bool { return len(f) > len("cest") && !weekdays.Has(f) })
}

func isBy(s string) bool { return withoutBy(strings.TrimSpace(s)) != strings.TrimSpace(s) }
