package page

import (
	"cmp"
	nurl "net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/lexicon/en"
)

// shown is what a page says of its article to people, beside the headline.
type shown struct {
	published onrecord.Published
	byline    string
}

const (
	headProse   = 600 // bytes of paragraphs, in which the day and the authors of an article stand, if they stand above it
	longestHead = 160 // bytes of a line that says them
)

// readShown reads the lines above an article, and the first below its headline, that say when it was published and by whom.
func readShown(doc *html.Node) shown {
	var s shown
	root := cmp.Or(first(doc, atom.Article), first(doc, atom.Main), first(doc, atom.Body))
	if root == nil {
		return s
	}
	prose := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || aside(n, root) {
			continue
		}
		if s.byline == "" && says(n, "byline", "author") {
			s.byline = persons(headLine(n))
		}
		if s.published.Value == "" {
			s.published = dayShown(n)
		}
		if n.DataAtom == atom.P && !says(n, dayNames...) {
			if prose += len(textOf(n)); prose > headProse {
				break
			}
		}
	}
	return s
}

// aside says whether an element stands in a part of the page that is not the article's own.
func aside(n, root *html.Node) bool {
	for p := n; p != nil && p != root; p = p.Parent {
		switch p.DataAtom {
		case atom.Nav, atom.Aside, atom.Footer, atom.Figure, atom.Form, atom.Li, atom.Script, atom.Style, atom.Table:
			return true
		}
	}
	return false
}

// dayNames are words of the classes that pages give to the line with the day of publication.
var dayNames = []string{"date", "publish", "posted", "timestamp", "dateline", "byline", "entry-meta", "post-meta", "article-meta", "articlemeta", "meta-info", "info"}

// says says whether an element's class, id, rel or itemprop has one of the words, and none of what follows an article.
func says(n *html.Node, names ...string) bool {
	of := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "rel") + " " + attr(n, "itemprop"))
	for _, name := range []string{"comment", "related", "update", "modif", "sidebar", "widget", "footer"} {
		if strings.Contains(of, name) {
			return false
		}
	}
	for _, name := range names {
		if strings.Contains(of, name) {
			return true
		}
	}
	return false
}

// headLine is the text of an element that is short enough to be a line above an article.
func headLine(n *html.Node) string {
	if text := textOf(n); len(text) <= longestHead {
		return text
	}
	return ""
}

// dayShown is the day of publication that an element says, if it does.
func dayShown(n *html.Node) onrecord.Published {
	if n.DataAtom == atom.Time {
		before, _, _ := strings.Cut(textOf(n.Parent), textOf(n))
		if len(before) <= longestHead && words.changed.Has(lastPhrase(before)) {
			return onrecord.Published{}
		}
		return Published(attr(n, "datetime"), "page")
	}
	if n.DataAtom == atom.Body || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		return onrecord.Published{}
	}
	text := headLine(n)
	if !strings.ContainsAny(text, "0123456789") {
		return onrecord.Published{}
	}
	from := 0
	for _, m := range day.FindAllStringIndex(text, 4) {
		before := text[from:m[0]]
		from = m[1]
		if words.changed.Has(lastPhrase(before)) {
			continue
		}
		if words.published.Has(lastPhrase(before)) || says(n, dayNames...) {
			if p := Published(plainDay(text[m[0]:m[1]]), "page"); p.Value != "" {
				return p
			}
		}
	}
	return onrecord.Published{}
}

var (
	calendar   = en.Lexicon.Subject("calendar")
	monthNames = calendar.Set("month", "short month", "shy month")
	months     = strings.Join(calendar.List("month", "short month", "shy month"), "|")
	roles      = en.Lexicon.Subject("trade").Set("trade")
	particles  = en.Lexicon.Subject("name").Set("particle")
	// day matches a day as people write it, or ISO 8601.
	day = regexp.MustCompile(`(?i)\b(?:\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}(?:st|nd|rd|th)?\.? (?:` + months + `)\.?,? \d{4}|(?:` + months + `)\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})\b`)
	// ordinal matches the ending of a day's number.
	ordinal = regexp.MustCompile(`(?i)(\d)(?:st|nd|rd|th)\b`)
)

// plainDay is a day without ordinals, stops and commas that [Published] does not know.
func plainDay(s string) string {
	s = ordinal.ReplaceAllString(s, "$1")
	fields := strings.Fields(strings.NewReplacer(".", "", ",", "").Replace(s))
	if len(fields) != 3 {
		return s
	}
	for i, f := range fields {
		if unicode.IsLetter(rune(f[0])) {
			f = strings.ToUpper(f[:1]) + strings.ToLower(f[1:])
			if strings.HasPrefix(f, "Sept") {
				f = "Sep"
			}
			fields[i] = f[:min(len(f), 3)]
		}
	}
	if unicode.IsDigit(rune(fields[0][0])) {
		return strings.Join(fields, " ")
	}
	return fields[0] + " " + fields[1] + ", " + fields[2]
}

// lastPhrase is the words of a text after its last mark between parts, in lower case, the day of the week aside.
func lastPhrase(text string) string {
	text = text[strings.LastIndexAny(text, "|•·–—;)")+1:]
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	if n := len(fields); n > 0 && weekdays.Has(fields[n-1]) {
		fields = fields[:n-1]
	}
	return strings.Join(fields, " ")
}

var weekdays = calendar.Set("weekday", "shy weekday")

// address matches the day, or the month, in the address of an article.
var address = regexp.MustCompile(`/(19\d\d|20\d\d)[/-](0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[/-](0[1-9]|[12]\d|3[01]))?[/-]`)

// dayOfAddress is the day, or the month, that the address of an article says: /2031/03/04/ferry-stays. Its basis is "address".
func dayOfAddress(url string) onrecord.Published {
	u, err := nurl.Parse(url)
	if err != nil {
		return onrecord.Published{}
	}
	m := address.FindStringSubmatch(strings.ToLower(u.Path))
	switch {
	case m == nil:
		return onrecord.Published{}
	case m[3] == "" && unicode.IsDigit(rune(m[2][0])):
		return Published(m[1]+"-"+m[2], "address")
	case m[3] == "":
		return Published(strings.ToUpper(m[2][:1])+m[2][1:]+" "+m[1], "address")
	case unicode.IsDigit(rune(m[2][0])):
		return Published(m[1]+"-"+m[2]+"-"+m[3], "address")
	}
	return Published(strings.TrimPrefix(m[3], "0")+" "+strings.ToUpper(m[2][:1])+m[2][1:]+" "+m[1], "address")
}

// byline is the name or names that a page gives programs for its author, "" when it gives an address or nobody's name.
func byline(s string) string {
	s = line(s)
	if strings.Contains(s, "://") || len(s) > 500 || words.desk.Has(strings.ToLower(s)) {
		return ""
	}
	return strings.TrimSpace(withoutBy(s))
}

func withoutBy(s string) string {
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		return s[3:]
	}
	return s
}

// persons are the names of persons in a line that says who wrote an article, with commas between, "" when there are none: what is
// neither spelled like a name nor an author's (a role, a day, a place, the desk) is left out.
func persons(s string) string {
	s, _, _ = strings.Cut(line(s), "|")
	var out []string
	for part := range strings.SplitSeq(separators.ReplaceAllString(withoutBy(s), ";"), ";") {
		part = strings.TrimSpace(withoutBy(strings.TrimSpace(part)))
		if isPerson(part) {
			out = append(out, part)
		}
	}
	return strings.Join(out, ", ")
}

var separators = regexp.MustCompile(`(?i)\s*(?:[,;•·/–—]| - |\band\b|&|\bwith\b)\s*`)

// isPerson says whether a part of a byline is spelled like the name of a person: two to five words, each a name, an initial or a
// particle, none of them a month, a role or what desks call themselves.
func isPerson(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 5 || words.desk.Has(strings.ToLower(s)) || strings.ContainsAny(s, "0123456789@:") {
		return false
	}
	names := 0
	for _, f := range fields {
		r, size := utf8.DecodeRuneInString(f)
		lower := strings.ToLower(strings.Trim(f, ".,"))
		switch {
		case monthNames.Has(lower) && len(fields) < 3, roles.Has(lower), words.desk.Has(lower), words.changed.Has(lower), words.published.Has(lower):
			return false
		case unicode.IsUpper(r) && size < len(f):
			names++
		case unicode.IsUpper(r), particles.Has(lower):
		default:
			return false
		}
	}
	return names >= 1
}
