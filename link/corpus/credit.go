package corpus

import (
	"slices"
	"strings"

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
}

func resolve(l *lexicon.Lexicon) creditWords {
	subject := l.Subject("agency")
	full := map[string][]string{}
	for r := range subject.Rows("agency") {
		full[r.Value] = append(full[r.Value], r.Entries...)
	}
	w := creditWords{leads: subject.List("source line")}
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
