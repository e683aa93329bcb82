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
	printed  around   // whose text an article says that it prints
	reported around   // whose report it mentions
	wires    []string // end the name of an outlet that is an agency
}

// Around is what stands around the name of an outlet that is credited, in lower case: before it with a blank, or behind it.
type around struct{ before, behind []string }

func resolveAround(before, behind []string) around {
	a := around{behind: behind}
	for _, lead := range before {
		a.before = append(a.before, lead+" ", lead+" the ")
	}
	return a
}

// Hold says whether the words stand before or behind a name.
func (a around) hold(before, behind string) bool {
	return slices.ContainsFunc(a.before, func(lead string) bool { return strings.HasSuffix(before, lead) }) ||
		slices.ContainsFunc(a.behind, func(tail string) bool {
			return strings.HasPrefix(behind, tail) || strings.HasPrefix(behind, " "+tail)
		})
}

func resolve(l *lexicon.Lexicon) creditWords {
	subject := l.Subject("agency")
	full := map[string][]string{}
	for r := range subject.Rows("agency") {
		full[r.Value] = append(full[r.Value], r.Entries...)
	}
	w := creditWords{leads: subject.List("source line"), wires: subject.List("agency by name")}
	w.printed = resolveAround(append(subject.List("credit before"), w.leads...), subject.List("credit behind"))
	w.reported = resolveAround(subject.List("report before"), subject.List("report behind"))
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

// A Credited is how an article credits another outlet.
type Credited struct {
	Words   string // as they stand; "" where it does not
	Printed bool   // whether it says whose text it prints, and does not merely mention a report
}

// Credits is how an article credits another outlet: for what it prints, in a form of its own ("(Northwire)", a line of nothing else, a
// byline) or in words ("first appeared in the Post"), or else for a report ("the Post reported").
func Credits(a *onrecord.Article, outlet string) Credited {
	name := lowered(strings.TrimSpace(outlet))
	if bare := strings.TrimPrefix(name, "the "); strings.Contains(bare, " ") || len(bare) == len(name) {
		name = bare // "The Times" is not every Times
	}
	if name == "" {
		return Credited{}
	}
	words := a.Byline + "\n" + a.Text
	low, byline := lowered(words), len(a.Byline)
	mentioned := Credited{}
	for from := 0; ; {
		i := strings.Index(low[from:], name)
		if i < 0 {
			return mentioned
		}
		i += from
		end := i + len(name)
		from = end
		before, behind := low[:i], low[end:]
		switch {
		case wordRune(lastRune(before)), wordRune(firstRune(behind)):
		case i < byline, bracketed(before, behind), ownLine(before, behind), creditEnglish.printed.hold(before, behind):
			return Credited{excerpt(words, i, end), true}
		case mentioned.Words == "" && creditEnglish.reported.hold(before, behind):
			mentioned.Words = excerpt(words, i, end)
		}
	}
}

// lowered is s in lower case, byte by byte where it stands in s.
func lowered(s string) string {
	return strings.Map(func(r rune) rune {
		if low := unicode.ToLower(r); utf8.RuneLen(low) == utf8.RuneLen(r) {
			return low
		}
		return r
	}, s)
}

// creditShown is how many bytes on either side of a credited outlet are shown, at most.
const creditShown = 40

// excerpt is s[start:end] with the words around it in its line, whole.
func excerpt(s string, start, end int) string {
	before, behind := s[:start], s[end:]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	behind, _, _ = strings.Cut(behind, "\n")
	if cut := len(before) - creditShown; cut > 0 {
		cut = Clip(before, cut)
		_, before, _ = strings.Cut(before[cut:], " ")
	}
	if len(behind) > creditShown {
		behind = behind[:Clip(behind, creditShown)]
		behind = behind[:max(0, strings.LastIndexByte(behind, ' '))]
	}
	return strings.Join(strings.Fields(before+s[start:end]+behind), " ")
}

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
	before = strings.TrimSuffix(before[strings.LastIndexByte(before, '\n')+1:], "the ")
	if behind, _, _ = strings.Cut(behind, "\n"); strings.Trim(behind, " .)]") != "" {
		return false
	}
	return strings.Trim(before, " -–—(©[0123456789") == "" || strings.HasSuffix(before, "/") || strings.HasSuffix(before, "— ")
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
