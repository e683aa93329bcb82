package text

import "unicode/utf8"

// A line of text without the blanks at its ends. A blank line has from == to.
type line struct {
	from, to int
	indent   int // blanks before it, in characters
	next     int // where the line after it begins
}

func (l line) blank() bool { return l.from == l.to }
func (l line) len() int    { return l.to - l.from }

// nextLine reads the line that begins at byte i. Lines end with LF, CR, CR LF, NEL, LS or PS (Unicode standard, section 5.8).
func nextLine(s string, i int) line {
	l := line{from: i}
	end := i
scan:
	for ; end < len(s); end++ {
		switch s[end] {
		case '\n':
			l.next = end + 1
			break scan
		case '\r':
			l.next = end + 1
			if end+1 < len(s) && s[end+1] == '\n' {
				l.next++
			}
			break scan
		case 0xC2:
			if end+1 < len(s) && s[end+1] == 0x85 {
				l.next = end + 2
				break scan
			}
		case 0xE2:
			if end+2 < len(s) && s[end+1] == 0x80 && s[end+2]&^1 == 0xA8 {
				l.next = end + 3
				break scan
			}
		}
	}
	if end == len(s) {
		l.next = end
	}
	for l.from < end {
		r, n := utf8.DecodeRuneInString(s[l.from:end])
		if !Blank(r) {
			break
		}
		l.from += n
		l.indent++
	}
	l.to = end
	for l.to > l.from {
		r, n := utf8.DecodeLastRuneInString(s[l.from:l.to])
		if !Blank(r) {
			break
		}
		l.to -= n
	}
	return l
}

// maxWrap is the longest line, in bytes, that a person or program would wrap text at.
const maxWrap = 132

// A wrapping is how a text's lines are broken.
type wrapping struct {
	hard   bool
	width  int // of the longest line
	indent int // of most lines
}

// measure finds out whether a text is hard-wrapped: whether most of its single line breaks stand inside sentences, after
// lines of like length.
func measure(s string) wrapping {
	var breaks, lower, long int
	var lengths [maxWrap + 1]int
	var indents [16]int
	var before line
	for i := 0; i < len(s); i = before.next {
		l := nextLine(s, i)
		if i > 0 && !before.blank() && !l.blank() {
			breaks++
			if class[s[l.from]] == cLower {
				lower++
			}
			if before.len() > maxWrap {
				long++
			} else {
				lengths[before.len()]++
			}
			indents[min(l.indent, len(indents)-1)]++
		}
		before = l
	}
	w := wrapping{}
	for n, c := range lengths {
		if c > 0 {
			w.width = n
		}
	}
	full := 0
	for n := w.width * 3 / 4; n <= w.width; n++ {
		full += lengths[n]
	}
	for n, c := range indents {
		if c > indents[w.indent] {
			w.indent = n
		}
	}
	w.hard = breaks > 0 && w.width >= 40 && lower*5 >= breaks*2 && full*2 >= breaks && long*10 <= breaks
	return w
}

// paragraphs groups the tokens into paragraphs: at blank lines; at single line breaks too, unless a sentence runs on across
// them as in hard-wrapped text, where an indented line, or one after a line left short, begins a paragraph.
func paragraphs(s string, tokens []Token) []Range {
	if len(tokens) == 0 {
		return nil
	}
	w := measure(s)
	out := make([]Range, 0, 16)
	first, t := 0, 0
	var before line
	for i := 0; i < len(s); i = before.next {
		l := nextLine(s, i)
		if !l.blank() {
			for t < len(tokens) && tokens[t].Start < l.from {
				t++
			}
			if t > first && t < len(tokens) && (before.blank() || !w.joins(s, before, l)) {
				out = append(out, Range{first, t})
				first = t
			}
		}
		before = l
	}
	return append(out, Range{first, len(tokens)})
}

// joins says whether line b goes on where line a ends.
func (w wrapping) joins(s string, a, b line) bool {
	lower := class[s[b.from]] == cLower
	ended := false // a ends as a sentence does
	switch s[a.to-1] {
	case '.', '!', '?', ':', '"', '\'', ')', ']', 0x9D: // the last is of ”
		ended = true
	}
	switch {
	case !w.hard:
		return lower && !ended && a.len() >= 40
	case b.indent > w.indent:
		return false
	case !ended:
		return lower || a.len()*2 >= w.width
	}
	word := 0 // the first word of b would have fitted on a short line
	for b.from+word < b.to && class[s[b.from+word]] != cBlank && word < w.width {
		word++
	}
	return (a.len()+1+word)*5 > w.width*4
}
