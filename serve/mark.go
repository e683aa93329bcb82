package serve

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// A role is what a stretch of text is marked as; roles overlap freely.
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
	drift // words that changed, and in what
	driftNumber
	driftComparator
	driftHedge
	driftNegation
	driftEllipsis
	driftInsertion
	driftWording
	roles
)

// classes of the roles in style.css.
var classes = [roles]string{
	"content", "cue", "source", "figure", "time", "aside", "here", "found",
	"drift", "drift d-number", "drift d-comparator", "drift d-hedge", "drift d-negation", "drift d-ellipsis", "drift d-insertion", "drift d-wording",
}

// A mark says that a span of the text plays a role.
type mark struct {
	onrecord.Span
	role role
}

// A note is a place in the text that addresses can point at, with a link that shows as its label. The label is drawn by the
// style sheet, so that the text with its tags taken away stays the text.
type note struct {
	at          int
	id          string
	label       string // shown; "" for an anchor alone
	href, title string
}

// markUp writes a text as HTML with its marks and notes in place. Where marks overlap the text is cut at their ends and each
// piece says all that it is. Marks outside the text are left out, those inside a character begin with it. With paragraphs,
// each line is a paragraph of its own. The tags taken away, the HTML reads as the text, but for the character NUL, which
// HTML does not have. The time taken is linear in text and marks, their sorting apart.
func markUp(text string, marks []mark, notes []note, paragraphs bool) template.HTML {
	type event struct {
		at   int
		role role
		open int // 1 opens, -1 closes
	}
	var events []event
	for _, m := range marks {
		from, to := runeStart(text, m.Start), runeStart(text, m.End)
		if m.Start < 0 || m.End > len(text) || from >= to {
			continue
		}
		events = append(events, event{from, m.role, 1}, event{to, m.role, -1})
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at - b.at })
	notes = slices.DeleteFunc(slices.Clone(notes), func(n note) bool { return n.at < 0 || n.at > len(text) })
	for i := range notes {
		notes[i].at = runeStart(text, notes[i].at)
	}
	slices.SortStableFunc(notes, func(a, b note) int { return a.at - b.at })

	var b strings.Builder
	b.Grow(len(text) + len(text)/4 + 96*len(marks) + 128*len(notes))
	var depth [roles]int
	var fresh [roles]bool // begins here
	inside := false       // in a paragraph
	line := func(open bool) {
		if paragraphs && open != inside {
			inside = open
			if open {
				b.WriteString(`<p dir="auto">`)
			} else {
				b.WriteString("</p>")
			}
		}
	}
	for at := 0; ; {
		for len(events) > 0 && events[0].at <= at {
			depth[events[0].role] += events[0].open
			fresh[events[0].role] = events[0].open > 0
			events = events[1:]
		}
		for len(notes) > 0 && notes[0].at <= at {
			line(true)
			writeNote(&b, notes[0])
			notes = notes[1:]
		}
		if at == len(text) {
			break
		}
		end := len(text)
		if len(events) > 0 {
			end = min(end, events[0].at)
		}
		if len(notes) > 0 {
			end = min(end, notes[0].at)
		}
		if paragraphs {
			if text[at] == '\n' {
				line(false)
				b.WriteByte('\n')
				at++
				continue
			}
			if i := strings.IndexByte(text[at:end], '\n'); i >= 0 {
				end = at + i
			}
			line(true)
		}
		writePiece(&b, text[at:end], &depth, &fresh)
		fresh = [roles]bool{}
		at = end
	}
	line(false)
	return template.HTML(b.String()) // all text went through escape, all else is written here
}

func writePiece(b *strings.Builder, s string, depth *[roles]int, fresh *[roles]bool) {
	tag, class, sign := "", "", ""
	for r, n := range depth {
		if n > 0 {
			tag, class = "span", class+" "+classes[r]
			if fresh[r] {
				sign += signs[r]
			}
		}
	}
	if depth[content] > 1 {
		class += " nested"
	}
	if depth[content] > 0 || depth[here] > 0 || depth[found] > 0 || strings.Contains(class, "drift") {
		tag = "mark"
	}
	if tag == "" {
		escape(b, s)
		return
	}
	b.WriteString("<" + tag + ` class="` + class[1:] + `"`)
	if sign != "" {
		b.WriteString(` data-sign="` + sign + `"`)
	}
	b.WriteByte('>')
	escape(b, s)
	b.WriteString("</" + tag + ">")
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

// runeStart is the beginning of the character that holds byte i.
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
