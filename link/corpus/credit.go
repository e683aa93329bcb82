package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// An agency is a news agency by the names that credit lines use.
type agency struct {
	name  string
	names []string // in full, in lower case
	short []string // as written; they count only in the forms of a credit line
}

// creditWords are the words by which credits are told.
type creditWords struct {
	agencies []agency
	leads    []string // begin a line that names the sources of an article, in lower case
	before   []string // stand before an outlet that is credited, with a blank; in lower case
	behind   []string // stand behind one
	wires    []string // end the name of an outlet that is an agency
}

func resolve(l *lexicon.Lexicon) creditWords {
	subject := l.Subject("agency")
	full := map[string][]string{}
	for r := range subject.Rows("agency") {
		full[r.Value] = append(full[r.Value], r.Entries...)
	}
	w := creditWords{leads: subject.List("source line"), behind: subject.List("credit behind"), wires: subject.List("agency by name")}
	for _, lead := range append(subject.List("credit before"), w.leads...) {
		w.before = append(w.before, lead+" ", lead+" the ")
	}
	for r := range subject.Rows("short") {
		w.agencies = append(w.agencies, agency{r.Value, full[r.Value], r.Entries})
	}
	for i, lead := range w.leads {
		if !strings.HasSuffix(lead, ":") {
			w.leads[i] = lead + " "
		}
	}
	return w
}

var creditEnglish = resolve(en.Lexicon)

// A Credit is what an article says of where it comes from.
type credit struct {
	Agency string
	Form   string // "outlet", "byline", "credit line", "report": the last names an agency's report as a source
	Words  string // as they stand
}

// Own says whether the article presents itself as the agency's text, not merely as resting on a report of it.
func (c credit) Own() bool { return c.Agency != "" && c.Form != "report" }

// Credits stand at the beginning or the end of an article.
const (
	creditHead   = 400
	creditTail   = 250
	creditReport = 4000 // and what one rests on, in its first part
)

// creditOf reads the article's credit: its outlet, its byline, "(Reuters)" and its like at the head or the tail, or "according to
// an Associated Press report" anywhere in the first part.
func creditOf(a *onrecord.Article) credit {
	for _, read := range [...]func(*onrecord.Article) credit{creditInFields, creditLine, creditedReport} {
		if c := read(a); c.Agency != "" {
			return c
		}
	}
	return credit{}
}

// creditInFields reads the outlet and the byline that the article came with.
func creditInFields(a *onrecord.Article) credit {
	for _, g := range creditEnglish.agencies {
		if slices.Contains(g.short, a.Outlet) || strings.EqualFold(a.Outlet, g.name) || slices.Contains(g.names, strings.ToLower(a.Outlet)) {
			return credit{g.name, "outlet", a.Outlet}
		}
	}
	for _, end := range creditEnglish.wires {
		if len(a.Outlet) > len(end) && strings.HasSuffix(strings.ToLower(a.Outlet), end) {
			return credit{a.Outlet, "outlet", a.Outlet}
		}
	}
	if a.Byline == "" {
		return credit{}
	}
	low := strings.ToLower(a.Byline)
	for _, g := range creditEnglish.agencies {
		if name := namedIn(low, a.Byline, g.names, g.short); name != "" {
			return credit{g.name, "byline", a.Byline}
		}
	}
	return credit{}
}

// creditLine reads a credit at the head or the tail of the text.
func creditLine(a *onrecord.Article) credit {
	head := a.Text[:Clip(a.Text, creditHead)]
	tail := a.Text[Clip(a.Text, max(0, len(a.Text)-creditTail)):]
	lowHead, lowTail := strings.ToLower(head), strings.ToLower(tail)
	for _, g := range creditEnglish.agencies {
		for _, s := range g.short {
			for _, form := range [...]string{"(" + s + ")", "(" + s + "/", "/" + s + ")", "[" + s + "]", s + " Staff", "— " + s + "\n"} {
				if strings.Contains(head, form) || strings.Contains(tail, form) {
					return credit{g.name, "credit line", strings.TrimSpace(form)}
				}
			}
		}
		for _, s := range g.names {
			switch {
			case byLine(lowHead, s):
				return credit{g.name, "byline", s}
			case strings.Contains(lowTail, "©") && strings.Contains(lowTail, s), strings.HasSuffix(strings.TrimRight(lowTail, " .\n)"), s):
				return credit{g.name, "credit line", s}
			}
		}
	}
	return credit{}
}

// creditedReport reads which agency's report the first part of the text says that it rests on.
func creditedReport(a *onrecord.Article) credit {
	low := strings.ToLower(a.Text[:Clip(a.Text, creditReport)])
	if !strings.Contains(low, "report") && !strings.Contains(low, " contributed to this") {
		return credit{}
	}
	for _, g := range creditEnglish.agencies {
		for _, s := range append(slices.Clone(g.names), strings.ToLower(g.name)) {
			for _, form := range [...]string{"according to an " + s + " report", "according to a " + s + " report", "an " + s + " report said", "a " + s + " report said", "as reported by " + s, "as reported by the " + s, s + " contributed to this", "with " + s + " reports"} {
				if strings.Contains(low, form) {
					return credit{g.name, "report", form}
				}
			}
		}
	}
	return credit{}
}

// Credits is the words with which an article credits another outlet, in a form of its own ("(Northwire)", a line of nothing else, a
// byline) or in words ("first appeared in the Post"); "" where it does not.
func Credits(a *onrecord.Article, outlet string) string {
	name := strings.ToLower(strings.TrimSpace(outlet))
	if bare := strings.TrimPrefix(name, "the "); strings.Contains(bare, " ") || len(bare) == len(name) {
		name = bare // "The Times" is not every Times
	}
	if name == "" {
		return ""
	}
	low := strings.ToLower(a.Byline + "\n" + a.Text)
	byline := len(a.Byline)
	for from := 0; ; {
		i := strings.Index(low[from:], name)
		if i < 0 {
			return ""
		}
		i += from
		end := i + len(name)
		from = end
		before, behind := low[:i], low[end:]
		if wordRune(lastRune(before)) || wordRune(firstRune(behind)) {
			continue
		}
		from, to := max(0, i-creditShown), min(len(low), end+creditShown)
		if i < byline || bracketed(before, behind) || ownLine(before, behind) || endsWithAny(before, creditEnglish.before) || beginsWithAny(behind, creditEnglish.behind) {
			return strings.TrimSpace(strings.Join(strings.Fields(low[Clip(low, from):Clip(low, to)]), " "))
		}
	}
}

// creditShown is how many bytes on either side of a credited outlet are shown.
const creditShown = 24

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// bracketed says whether what stands around a name is brackets of its own, or of a place and a name: "(Northwire)", "(Northwire/AP)".
func bracketed(before, behind string) bool {
	return strings.ContainsRune("(/[", lastRune(before)) && strings.ContainsRune(")/]", firstRune(behind))
}

// ownLine says whether a name stands alone in its line, or behind a dash, a sign of copyright or the year of one.
func ownLine(before, behind string) bool {
	before = before[strings.LastIndexByte(before, '\n')+1:]
	if behind, _, _ = strings.Cut(behind, "\n"); strings.Trim(behind, " .)]") != "" {
		return false
	}
	return strings.Trim(before, " -–—(©[0123456789") == "" || strings.HasSuffix(before, "/") || strings.HasSuffix(before, "— ")
}

func endsWithAny(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(s, end) })
}

func beginsWithAny(s string, heads []string) bool {
	return slices.ContainsFunc(heads, func(head string) bool { return strings.HasPrefix(s, " "+head) || strings.HasPrefix(s, head) })
}

// Sources are the outlets that an article names as its own sources, as they stand, in a line of nothing else at its end: "[The Guardian]
// [BBC]", "Sources: Tass, Interfax". Credits of pictures are none.
func Sources(a *onrecord.Article) []string {
	from := Clip(a.Text, max(0, len(a.Text)-creditTail))
	for from > 0 && from < len(a.Text) && a.Text[from-1] != '\n' {
		from++ // a line that begins before is no line of credits
	}
	var out []string
	for line := range strings.Lines(a.Text[from:]) {
		out = set.Union(out, sourcesIn(strings.TrimSpace(line)))
	}
	return out
}

// sourcesIn are the outlets that a line names as sources; none where it says anything else.
func sourcesIn(line string) []string {
	bracketed := strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]")
	rest := line
	for _, lead := range creditEnglish.leads {
		if len(line) > len(lead) && strings.EqualFold(line[:len(lead)], lead) {
			rest = line[len(lead):]
		}
	}
	if rest == line && !bracketed {
		return nil
	}
	names := strings.FieldsFunc(strings.ReplaceAll(rest, " and ", ", "), func(r rune) bool { return strings.ContainsRune("[],;/()", r) })
	var out []string
	for _, name := range names {
		name = strings.Trim(name, " .")
		if name == "" {
			continue
		}
		d := text.Parse(name)
		if found, n := speaker.Outlet(d, 0); found == "" || n < len(d.Tokens) {
			return nil
		}
		out = append(out, name)
	}
	return out
}

// namedIn is the agency's name that stands in a byline.
func namedIn(low, byline string, names, short []string) string {
	for _, n := range names {
		if strings.Contains(low, n) {
			return n
		}
	}
	for _, f := range strings.FieldsFunc(byline, func(r rune) bool { return r == ' ' || r == ',' || r == '/' || r == '(' || r == ')' }) {
		if slices.Contains(short, f) {
			return f
		}
	}
	return ""
}

// byLine says whether the agency's name stands in a line of its own near the head that begins with "by", or ends a byline.
func byLine(head, name string) bool {
	for line := range strings.Lines(head) {
		line = strings.TrimSpace(line)
		if len(line) > 80 || !strings.Contains(line, name) {
			continue
		}
		if strings.HasPrefix(line, "by ") || strings.HasPrefix(line, "from ") || line == name || line == "the "+name || strings.HasSuffix(line, ", "+name) {
			return true
		}
	}
	return false
}
