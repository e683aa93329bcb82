package serve

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

// unknownDay is shown for an unknown date: nothing is guessed.
const unknownDay = "date unknown"

// day is a day in words: "7 Oct 2015".
func day(t time.Time) string {
	if t.IsZero() {
		return unknownDay
	}
	return t.UTC().Format("2 Jan 2006")
}

// published formats a date of publication as precisely as the record has it.
func published(p onrecord.Published) string {
	if t, ok := p.Day(); ok && p.Precision != "month" && p.Precision != "year" {
		return day(t)
	}
	if t, err := time.Parse("2006-01", p.Value[:min(len(p.Value), 7)]); err == nil && p.Precision != "year" {
		return t.Format("Jan 2006")
	}
	if t, err := time.Parse("2006", p.Value[:min(len(p.Value), 4)]); err == nil {
		return t.Format("2006")
	}
	return unknownDay
}

// between is the days from the first to the last, both included.
func between(first, last time.Time) string {
	switch {
	case first.IsZero() && last.IsZero():
		return unknownDay
	case first.IsZero() || last.IsZero() || day(first) == day(last):
		return day(later(first, last))
	case first.Year() == last.Year() && first.Month() == last.Month():
		return first.Format("2") + " – " + day(last)
	case first.Year() == last.Year():
		return first.Format("2 Jan") + " – " + day(last)
	}
	return day(first) + " – " + day(last)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// when is a half-open interval in words, its last day included: "26 Nov – 4 Dec 2015", "since 30 Sep 2015".
func when(i onrecord.Interval) string {
	switch {
	case !i.Known():
		return ""
	case i.To.IsZero():
		return "since " + day(i.From)
	case i.From.IsZero():
		return "until " + day(i.To.Add(-time.Nanosecond))
	}
	return between(i.From, later(i.From, i.To.Add(-time.Nanosecond)))
}

// endOf is the end of a day; zero if the day is unknown.
func endOf(day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	return day.AddDate(0, 0, 1)
}

// confidence is a confidence in words and number.
func confidence(c float64) string {
	c = math.Round(c*100) / 100 // the word is that of the number shown
	word := "low"
	switch {
	case c >= 0.85:
		word = "high"
	case c >= 0.6:
		word = "fair"
	}
	return word + " " + strconv.FormatFloat(c, 'f', 2, 64)
}

// count is a number of things: "1 article", "1,204 articles".
func count(n int, thing string) string {
	if n != 1 {
		if strings.HasSuffix(thing, "y") {
			thing = strings.TrimSuffix(thing, "y") + "ie"
		}
		thing += "s"
	}
	return number(float64(n)) + " " + thing
}

// number writes 1458 as 1,458 and at most three decimals.
func number(x float64) string {
	s := strconv.FormatFloat(math.Round(x*1000)/1000, 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + whole
}

// percent is a share in words: "74%".
func percent(share float64) string { return number(math.Round(share*100)) + "%" }

// amount formats a figure's value: "> 90 percent", "40 to 100 (vague)".
func amount(f onrecord.Figure) string {
	s := wordsFor(terms.comparators, f.Comparator) + number(f.Low)
	if f.High > f.Low {
		s += " to " + number(f.High)
	}
	if f.Unit != "" {
		s += " " + f.Unit
	}
	switch f.Change {
	case "up":
		s += ", an increase"
	case "down":
		s += ", a decrease"
	}
	if f.Vague {
		s += " (vague)"
	}
	return s
}

// remainder is the calculation of a share's complement: "100 − 90 = 10 percent"; "" for anything but a share.
func remainder(f onrecord.Figure) string {
	whole := 1.0
	if f.Unit == "percent" {
		whole = 100
	} else if f.Unit != "" || f.High > 1 {
		return ""
	}
	if f.High > whole || f.Low != f.High {
		return ""
	}
	return strings.TrimSpace(number(whole) + " − " + number(f.Low) + " = " + number(whole-f.Low) + " " + f.Unit)
}

// quote is the text of spans, joined by ellipses and clipped to about n bytes.
func quote(text string, spans []onrecord.Span, n int) string {
	var b strings.Builder
	for i, s := range spans {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			continue
		}
		if i > 0 && b.Len() > 0 {
			b.WriteString(" … ")
		}
		words := s.Of(text)
		b.WriteString(words[:min(len(words), max(0, n+1-b.Len()))]) // one byte more than is shown: clip sees that there is more
		if b.Len() > n {
			break
		}
	}
	return clip(b.String(), n)
}

// clip shortens a text to at most about n bytes, at a space if one is near, and adds an ellipsis.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if i := strings.LastIndexByte(s[:n], ' '); i > n-40 && i > 0 {
		n = i
	}
	return s[:n] + " …"
}

// webLink is the address itself if it is safe to link to, else "". In http://example.org@elsewhere.example the part before the @ is a user
// name that looks like a host.
func webLink(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return address
}

// A term is a value of a row's field, and the words or the sign that pages show for it.
type term struct{ Value, Words string }

// terms are the vocabularies of the pages and the API, in the order in which options are listed.
var terms = struct{ kinds, stances, disputes, speakers, comparators []term }{
	kinds: []term{{onrecord.Direct, onrecord.Direct}, {onrecord.Mixed, onrecord.Mixed}, {onrecord.Indirect, onrecord.Indirect}},
	stances: []term{ // as they follow a speaker's name
		{onrecord.Asserts, "says"},
		{onrecord.Denies, "denies"},
		{onrecord.Declines, "declines to comment"},
		{onrecord.Asks, "asks"},
		{onrecord.Promises, "promises"},
		{onrecord.Accuses, "accuses"},
		{onrecord.Believes, "believes"},
	},
	disputes: []term{ // as headings
		{onrecord.Denial, "Denial"},
		{onrecord.Contradiction, "Contradiction"},
		{onrecord.Figures, "Differing figures"},
		{onrecord.Attribution, "Disputed attribution"},
	},
	speakers:    []term{{ledger.Speaking, "with statements"}, {ledger.OnlySpokenOf, "mentioned only"}},
	comparators: []term{{">", "> "}, {"<", "< "}, {"~", "≈ "}}, // ">" is "more than" and "at least" alike: the article's words are beside it
}

// wordsFor is the wording for a value; "" if the vocabulary does not have it.
func wordsFor(vocabulary []term, value string) string {
	for _, t := range vocabulary {
		if t.Value == value {
			return t.Words
		}
	}
	return ""
}
