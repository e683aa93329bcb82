package serve

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// A role is what a part of a text is marked as; roles may overlap. Roles above drift are the kinds of drift, in the order of [onrecord.DriftKinds].
type role uint8

const (
	content role = iota
	cue
	sourceWords
	figure
	timeWords
	aside
	here  // what the address points at
	found // words searched for
	drift // words that changed
)

const roles = int(drift) + 1 + len(onrecord.DriftKinds)

// class is the role's class in style.css.
func (r role) class() string {
	if r > drift {
		return "drift d-" + onrecord.DriftKinds[r-drift-1].Kind
	}
	return [...]string{"content", "cue", "source", "figure", "time", "aside", "here", "found", "drift"}[r]
}

// sign is drawn by the style sheet where words of the role begin, so that a change is recognizable without colour.
func (r role) sign() string {
	if r > drift {
		return onrecord.DriftKinds[r-drift-1].Sign
	}
	return ""
}

// A mark is a span of a text with a role.
type mark struct {
	onrecord.Span
	role role
}

// A note is an anchor in the text, with a link if it has a label. The label is drawn by the style sheet, so that the page without its tags
// is still the text.
type note struct {
	at          int
	id          string
	label       string // shown; "" for an anchor alone
	href, title string
}

// markUp renders a text as HTML with marks and notes. Where marks overlap, the text is split at their ends and each piece has the classes of
// all of them. Marks outside the text are dropped; those that start inside a character start before it. With paragraphs, each line becomes
// one. Without its tags the HTML is the text, except for NUL, which HTML does not allow. Apart from sorting, the time is linear.
func markUp(text string, marks []mark, notes []note, paragraphs bool) template.HTML {
	w := &markWriter{text: text, ends: ends(text, marks), notes: inOrder(text, notes), paragraphs: paragraphs}
	w.Grow(len(text) + len(text)/4 + 96*len(marks) + 128*len(notes))
	w.enter(0)
	for at := 0; at < len(text); {
		at = w.piece(at)
		w.enter(at)
	}
	w.paragraph(false)
	return template.HTML(w.String()) // all text went through escape, all else is written here
}

// A markEnd is the start or end of a mark.
type markEnd struct {
	at   int
	role role
	open int // 1 begins, -1 ends
}

// ends are the ends of marks, in order.
func ends(text string, marks []mark) []markEnd {
	var list []markEnd
	for _, m := range marks {
		from, to := runeStart(text, m.Start), runeStart(text, m.End)
		if m.Start >= 0 && m.End <= len(text) && from < to {
			list = append(list, markEnd{from, m.role, 1}, markEnd{to, m.role, -1})
		}
	}
	slices.SortStableFunc(list, func(a, b markEnd) int { return a.at - b.at })
	return list
}

// inOrder are the notes that stand in the text, in order.
func inOrder(text string, notes []note) []note {
	notes = slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return n.at < 0 || n.at > len(text) })
	for i := range notes {
		notes[i].at = runeStart(text, notes[i].at)
	}
	slices.SortStableFunc(notes, func(a, b note) int { return a.at - b.at })
	return notes
}

// A markWriter writes a text with marks, from its start to its end.
type markWriter struct {
	strings.Builder
	text       string
	ends       []markEnd // still to come
	notes      []note    // still to come
	paragraphs bool      // each line is one
	inside     bool      // a paragraph is open
	depth      [roles]int
	fresh      [roles]bool // begins here
}

// paragraph opens or closes a paragraph.
func (w *markWriter) paragraph(open bool) {
	if !w.paragraphs || open == w.inside {
		return
	}
	w.inside = open
	if open {
		w.WriteString(`<p dir="auto">`)
	} else {
		w.WriteString("</p>")
	}
}

// enter processes the marks that start or end up to an offset, and writes the notes there.
func (w *markWriter) enter(at int) {
	for len(w.ends) > 0 && w.ends[0].at <= at {
		e := w.ends[0]
		w.depth[e.role] += e.open
		w.fresh[e.role] = e.open > 0
		w.ends = w.ends[1:]
	}
	for len(w.notes) > 0 && w.notes[0].at <= at {
		w.paragraph(true)
		writeNote(&w.Builder, w.notes[0])
		w.notes = w.notes[1:]
	}
}

// piece writes the text from an offset on up to the next mark, note or line end, and returns where it ends.
func (w *markWriter) piece(at int) (end int) {
	if w.paragraphs && w.text[at] == '\n' {
		w.paragraph(false)
		w.WriteByte('\n')
		return at + 1
	}
	end = len(w.text)
	if len(w.ends) > 0 {
		end = min(end, w.ends[0].at)
	}
	if len(w.notes) > 0 {
		end = min(end, w.notes[0].at)
	}
	if i := strings.IndexByte(w.text[at:end], '\n'); i >= 0 && w.paragraphs {
		end = at + i
	}
	w.paragraph(true)
	w.marked(w.text[at:end])
	w.fresh = [roles]bool{}
	return end
}

// marked writes a piece with the classes of its roles.
func (w *markWriter) marked(s string) {
	tag, class, sign := "", "", ""
	for i, n := range w.depth {
		if r := role(i); n > 0 {
			tag, class = "span", class+" "+r.class()
			if w.fresh[r] {
				sign += r.sign()
			}
		}
	}
	if w.depth[content] > 1 {
		class += " nested"
	}
	if w.depth[content] > 0 || w.depth[here] > 0 || w.depth[found] > 0 || strings.Contains(class, "drift") {
		tag = "mark"
	}
	if tag == "" {
		escape(&w.Builder, s)
		return
	}
	w.WriteString("<" + tag + ` class="` + class[1:] + `"`)
	if sign != "" {
		w.WriteString(` data-sign="` + sign + `"`)
	}
	w.WriteByte('>')
	escape(&w.Builder, s)
	w.WriteString("</" + tag + ">")
}

func writeNote(b *strings.Builder, n note) {
	b.WriteString(`<a class="note"`)
	for _, a := range [...][2]string{{"id", n.id}, {"href", n.href}, {"data-n", n.label}, {"aria-label", n.title}} {
		if a[1] != "" {
			b.WriteString(" " + a[0] + `="`)
			escape(b, a[1])
			b.WriteByte('"')
		}
	}
	b.WriteString("></a>")
}

// escaper: a carriage return would be read as a line feed, and NUL is no character of HTML.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\r", "&#13;", "\x00", "\uFFFD")

func escape(b *strings.Builder, s string) { _, _ = escaper.WriteString(b, s) }

// runeStart is the start of the character that contains byte i.
func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

// parseSpan reads "start-end", in code points.
func parseSpan(s string) (from, to int, ok bool) {
	a, z, found := strings.Cut(s, "-")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(z)
	return from, to, found && err1 == nil && err2 == nil && from >= 0 && from <= to
}
