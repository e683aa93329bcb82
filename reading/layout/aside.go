package layout

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Kinds of asides.
const (
	Credit    = "credit"
	caption   = "caption"
	notice    = "notice"
	widget    = "widget"
	copyright = "copyright"
	Dateline  = "dateline"
	Byline    = "byline"
)

// A wrong aside loses what somebody said, a missed one only adds a row: every rule asks for a form that running prose does not
// have, and for a line no longer than such lines are.
const (
	longestMark    = 260  // bytes of a line that is a credit, byline or widget as a whole
	longestCaption = 1200 // bytes of a caption
)

// A rule marks a line, or the part of it that its first group takes.
type rule struct {
	kind  string
	most  int    // bytes of a line that it may match; 0 for any length
	needs string // one of these words, in lower case, stands in every line that it matches; "" for no such word
	*regexp.Regexp
}

// fits says whether the rule may match the line, given in lower case too, without running it.
func (r *rule) fits(lower string) bool {
	if r.most > 0 && len(lower) > r.most {
		return false
	}
	for w := range strings.SplitSeq(r.needs, "|") {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}

// Asides returns the asides of a text, in order and not overlapping. Mostly nothing is to be found in them; but a caption
// keeps what it reports, unless it repeats another, and so does the sentence before an embed's label; and datelines and tags
// stand in the midst of the news.
func Asides(s string) []Aside {
	ls := lines(s)
	f := &finder{text: s}
	for i, line := range ls {
		f.tags(line)
		if i > 0 && wraps(s, ls[i-1], line) || f.line(line) {
			continue
		}
		// A line of its own under a line, with no blank line between, is the credit of a picture when it is one at all.
		if i+1 < len(ls) && line.Len() <= longestCaption && strings.Count(s[line.End:ls[i+1].Start], "\n") == 1 &&
			!wraps(s, line, ls[i+1]) && kindOf(ls[i+1].Of(s)) == Credit && !strings.HasPrefix(ls[i+1].Of(s), "[") && strings.Contains(s, "\n\n") {
			f.caption(line)
		}
	}
	if n := len(ls); n > 2 && asides().endSlug.MatchString(ls[n-1].Of(s)) {
		f.add(ls[n-1], notice, Mute)
	}
	return f.done()
}

// wraps says whether a line is the end of a sentence that the line before began, broken by hand: "declined to" / "comment."
func wraps(s string, before, line onrecord.Span) bool {
	const shortest = 40 // bytes of a line that is broken so
	r, _ := utf8.DecodeLastRuneInString(before.Of(s))
	return before.Len() >= shortest && (unicode.IsLetter(r) || r == ',') && strings.HasSuffix(line.Of(s), ".") && strings.Count(s[before.End:line.Start], "\n") == 1
}

// A finder gathers the asides of one text.
type finder struct {
	text     string
	found    []Aside
	captions []map[string]bool // words of the captions so far
}

// A Fate is what becomes of the words of an aside.
type Fate uint8

const (
	Read Fate = iota // statements are found in them, and stand apart from the story's
	Thin             // they are cut out of the statements around them
	Mute             // nothing is found in them
)

// sure is the confidence of an aside: what is muted is marked by words that news does not use; a caption's first words may be news.
func (f Fate) sure() float64 {
	if f == Read {
		return 0.8
	}
	return 0.95
}

// An Aside is one with what becomes of its words.
type Aside struct {
	onrecord.Aside
	Fate
}

func (f *finder) add(s onrecord.Span, kind string, fate Fate) {
	if s = trim(f.text, s); s.Len() > 0 {
		f.found = append(f.found, Aside{onrecord.Aside{Span: s, Kind: kind, Confidence: fate.sure()}, fate})
	}
}

// tags marks the tags that a page left in its text; what stands between them is text.
func (f *finder) tags(line onrecord.Span) {
	if strings.IndexByte(line.Of(f.text), '<') < 0 {
		return
	}
	for _, m := range asides().tag.FindAllStringIndex(line.Of(f.text), -1) {
		f.add(onrecord.Span{Start: line.Start + m[0], End: line.Start + m[1]}, widget, Thin)
	}
}

// kindOf is the kind of aside that the line is as a whole, or "".
func kindOf(line string) string {
	if len(line) > longestCaption {
		return ""
	}
	lower := strings.ToLower(line)
	for _, r := range asides().whole {
		if r.fits(lower) && r.MatchString(line) {
			return r.kind
		}
	}
	return ""
}

// line marks a line and says whether all of it is spoken for.
func (f *finder) line(line onrecord.Span) bool {
	at := shouting(line.Of(f.text))
	if at.Len() > 0 { // an agency's notice, and what is left of the line before it
		f.add(onrecord.Span{Start: line.Start + at.Start, End: line.Start + at.End}, notice, Mute)
		rest := trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + at.Start})
		return rest.Len() == 0 || f.line(rest)
	}
	t := line.Of(f.text)
	switch kind := kindOf(t); kind {
	case "":
	case caption:
		f.caption(line)
		return true
	default:
		f.add(line, kind, Mute)
		return true
	}
	if i := copyrightAt(t); i > 0 {
		f.add(onrecord.Span{Start: line.Start + i, End: line.End}, copyright, Mute)
		return f.line(trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + i}))
	}
	head, tail := boundary(t, min(len(t), 160)), boundary(t, max(0, len(t)-320)) // where a line can have such a part
	begin, end := strings.ToLower(t[:head]), strings.ToLower(t[tail:])
	for _, r := range asides().inline {
		off, part, lower := tail, t[tail:], end
		if r.kind == Dateline {
			off, part, lower = 0, t[:head], begin
		}
		if r.most > 0 && len(t) > r.most || !r.fits(lower) {
			continue
		}
		m := r.FindStringSubmatchIndex(part)
		if m == nil {
			continue
		}
		hit := onrecord.Span{Start: line.Start + off + m[2], End: line.Start + off + m[3]}
		switch {
		case r.kind == Dateline:
			f.add(hit, Dateline, Thin)
			return hit.End == line.End
		case r.kind == widget:
			f.add(onrecord.Span{Start: line.Start, End: hit.Start}, widget, Read)
			f.add(hit, widget, Mute)
			return true
		}
		f.add(hit, Credit, Mute)
		before := trim(f.text, onrecord.Span{Start: line.Start, End: hit.Start})
		if before.Len() > 0 && before.Len() <= longestCaption && (!strings.HasPrefix(hit.Of(f.text), "(") || asides().photo.MatchString(hit.Of(f.text))) {
			f.caption(before)
		}
		return true
	}
	return false
}

// caption marks a caption with the credit at its end; the same caption given again is mute.
func (f *finder) caption(line onrecord.Span) {
	for _, r := range asides().inline {
		if r.kind != Credit {
			continue
		}
		if m := r.FindStringSubmatchIndex(line.Of(f.text)); m != nil && m[2] > 0 {
			f.add(onrecord.Span{Start: line.Start + m[2], End: line.Start + m[3]}, Credit, Mute)
			line = trim(f.text, onrecord.Span{Start: line.Start, End: line.Start + m[2]})
			break
		}
	}
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(line.Of(f.text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[w] = true
	}
	again := false
	for _, c := range f.captions[max(0, len(f.captions)-8):] {
		same := 0
		for w := range words {
			if c[w] {
				same++
			}
		}
		again = again || 10*same >= 8*len(words)
	}
	f.captions = append(f.captions, words)
	if again {
		f.add(line, caption, Mute)
	} else {
		f.add(line, caption, Read)
	}
}

// done is what was found, without what stands inside another aside.
func (f *finder) done() []Aside {
	slices.SortStableFunc(f.found, func(a, b Aside) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	end := 0
	return slices.DeleteFunc(f.found, func(a Aside) bool {
		inside := a.Span.Start < end
		end = max(end, a.Span.End)
		return inside
	})
}

// shouting is the run of capitals in a line that is an agency's notice to editors, or empty.
func shouting(line string) onrecord.Span {
	if !slices.ContainsFunc([]string{"EDITOR", "SALE", "ARCHIVE", "MANDATORY", "DISTRIBUTED"}, func(w string) bool { return strings.Contains(line, w) }) {
		return onrecord.Span{}
	}
	m := asides().editors.FindStringIndex(line)
	if m == nil {
		return onrecord.Span{}
	}
	run := onrecord.Span{Start: m[0], End: m[1]}
	for run.End < len(line) {
		r, n := utf8.DecodeRuneInString(line[run.End:])
		if unicode.IsLower(r) {
			break
		}
		run.End += n
	}
	if run.End < len(line) { // the capital of the next sentence is not the notice's
		if i := strings.LastIndexAny(line[m[1]:run.End], " \t"); i >= 0 {
			run.End = m[1] + i
		}
	}
	for run.Start > 0 {
		r, n := utf8.DecodeLastRuneInString(line[:run.Start])
		if unicode.IsLower(r) {
			break
		}
		run.Start -= n
	}
	if i := strings.IndexAny(line[run.Start:m[0]], " \t"); run.Start > 0 && i >= 0 {
		run.Start += i
	}
	return run
}

// copyrightAt is where the copyright line at the end of a line begins, or 0.
func copyrightAt(line string) int {
	const longest = 300
	i := strings.LastIndex(line, "©")
	if i <= 0 || len(line)-i > longest || line[i-1] != ' ' && line[i-1] != '.' && line[i-1] != '(' {
		return 0
	}
	return i
}

// boundary is the rune boundary at or after byte i.
func boundary(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}
