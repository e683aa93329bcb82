// Package number cuts text into the atoms that numbers and dates are made of, and reads cardinal numbers: digits, words, and any
// mix of the two ("1,458", "4.4 million", "half a million", "a hundred and fifty", "11 1/2").
//
// Atoms are finer than the tokens of package text: "$1.2bn", "10-15%" and "5G" come apart, whether or not the text was
// tokenised with spaces before. Cutting and reading are linear in the text.
package number

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
)

// Kind is what an atom is made of.
type Kind uint8

// Kinds of atoms.
const (
	Mark   Kind = iota // one rune that is neither letter nor digit
	Word               // letters; with its dots where they are an abbreviation's ("U.S.", "Oct."); a clitic with its apostrophe ("'s")
	Digits             // ASCII digits with the commas and the point inside a number, or a vulgar fraction ("½")
)

// An Atom is a word, a number in digits, or a mark.
type Atom struct {
	onrecord.Span
	Low   string  // lower case (ASCII), without an abbreviation's final dot; hyphens, short dashes and minus signs are "-", apostrophes "'"
	Val   float64 // value of Digits
	Kind  Kind
	Space bool // white space, or the beginning of the text, precedes
	Line  bool // a line break, or the beginning of the text, precedes
	Dot   bool // a Word whose span ends in an abbreviation's dot
	Cap   bool // a Word that begins with an upper-case letter
	Upper bool // a Word of two letters or more, all upper case
	Plain bool // Digits alone: no comma, no point, at most nine
	Comma bool // Digits with a thousands separator
	Frac  bool // a vulgar fraction
	Bad   bool // Digits too long to be a number
}

// A Text is a text with its atoms.
type Text struct {
	Source string
	Atoms  []Atom
	none   Atom
}

// At is atom i, or an empty mark where there is none.
func (t *Text) At(i int) *Atom {
	if i < 0 || i >= len(t.Atoms) {
		return &t.none
	}
	return &t.Atoms[i]
}

// Low is the lower-case form of atom i, "" where there is none.
func (t *Text) Low(i int) string { return t.At(i).Low }

// Is says whether the lower-case atoms from i on are the words given.
func (t *Text) Is(i int, words ...string) bool {
	for k, w := range words {
		if t.Low(i+k) != w {
			return false
		}
	}
	return true
}

// Tight says whether atom i follows the atom before it without space.
func (t *Text) Tight(i int) bool { return i > 0 && i < len(t.Atoms) && !t.Atoms[i].Space }

// Span is the span of the atoms [first, end).
func (t *Text) Span(first, end int) onrecord.Span {
	return onrecord.Span{Start: t.Atoms[first].Start, End: t.Atoms[end-1].End}
}

// maxDigits is how many characters a number in digits may have; longer ones are no numbers of the news, and would overflow.
const maxDigits = 40

// Lex cuts the text into atoms.
func Lex(source string) *Text {
	t := &Text{Source: source, Atoms: make([]Atom, 0, len(source)*2/9+8)}
	low := lowerASCII(source)
	space, line := true, true
	for i := 0; i < len(source); {
		if n, breaks := spaceAt(source, i); n > 0 {
			space, line = true, line || breaks
			i += n
			continue
		}
		a := Atom{Space: space, Line: line}
		a.Start = i
		switch c := source[i]; {
		case isDigit(c), c == '.' && space && i+1 < len(source) && isDigit(source[i+1]): // ".534"
			i = lexDigits(source, i, &a)
		case isLetter(c):
			i = lexWord(source, low, i, &a)
		case c == '\'':
			i = lexApostrophe(source, low, i, 1, &a)
		case c < utf8.RuneSelf:
			i++
			a.Low = low[a.Start:i]
		default:
			i = lexRune(source, low, i, &a)
		}
		a.End = i
		space, line = false, false
		t.Atoms = append(t.Atoms, a)
	}
	return t
}

// spaceAt is the length of the white space character at i, 0 for another, and whether it breaks a line.
func spaceAt(s string, i int) (n int, breaks bool) {
	switch c := s[i]; {
	case c == '\n' || c == '\r':
		return 1, true
	case c == ' ' || c == '\t' || c == '\v' || c == '\f':
		return 1, false
	case c < utf8.RuneSelf:
		return 0, false
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsSpace(r) {
		return 0, false
	}
	return n, r == '\u2028' || r == '\u2029' || r == '\u0085'
}

// lexRune cuts what begins with a character outside of ASCII.
func lexRune(source, low string, i int, a *Atom) int {
	r, n := utf8.DecodeRuneInString(source[i:])
	switch {
	case r == '’' || r == '‘':
		return lexApostrophe(source, low, i, n, a)
	case unicode.IsLetter(r):
		return lexWord(source, low, i, a)
	}
	a.Low = low[i : i+n]
	switch r {
	case '‐', '‑', '–', '−':
		a.Low = "-"
	case '⁄', '∕':
		a.Low = "/"
	default:
		if v, ok := english.vulgar[r]; ok {
			a.Kind, a.Val, a.Frac = Digits, v, true
		}
	}
	return i + n
}

func lexDigits(s string, i int, a *Atom) int {
	a.Kind = Digits
	start := i
	i = runEnd(s, i)
	first := i - start
	if end := groupsEnd(s, i, first); end > i {
		i, a.Comma = end, true
	}
	point := false
	if j := runEnd(s, i+1); j > i+1 && s[i] == '.' {
		// Two points make a date, a version or an address, which come apart.
		if !(digitsAt(s, j+1, 1) && s[j] == '.') && !(start > 0 && s[start-1] == '.') {
			i, point = j, true
		} else if first == 0 {
			i = j
		}
	}
	if !a.Comma && !point && first > 0 && strings.HasPrefix(s[i:], "·") && digitsAt(s, i+len("·"), 1) { // "61·5"
		i, point = runEnd(s, i+len("·")), true
	}
	a.Plain = !point && !a.Comma && i-start <= 9
	a.Low = s[start:i]
	a.Val, a.Bad = digitsValue(a.Low)
	return i
}

// digitsValue is the value of digits with separators and a point; bad where they are no number.
func digitsValue(s string) (v float64, bad bool) {
	if len(s) > maxDigits {
		return 0, true
	}
	whole := len(s) <= 9
	for i := 0; i < len(s) && whole; i++ {
		whole = isDigit(s[i])
		v = v*10 + float64(s[i]-'0')
	}
	if whole {
		return v, false
	}
	if strings.Count(s, ".") > 1 { // they group
		s = strings.ReplaceAll(s, ".", "")
	}
	s = strings.ReplaceAll(s, "·", ".")
	v, err := strconv.ParseFloat(strings.Map(func(r rune) rune {
		if r == '.' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s), 64)
	return v, err != nil
}

// runEnd is the end of the run of digits at i.
func runEnd(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

// digitsAt says whether n digits stand at i.
func digitsAt(s string, i, n int) bool {
	for k := i; k < i+n; k++ {
		if k >= len(s) || !isDigit(s[k]) {
			return false
		}
	}
	return true
}

// groupAt says whether a group of just three digits stands at i.
func groupAt(s string, i int) bool { return digitsAt(s, i, 3) && !digitsAt(s, i+3, 1) }

// pointedEnd is the end of two groups by points that go on at i, and no more: "1.250.000", and not the address of a computer.
func pointedEnd(s string, i int) int {
	j := i
	for j < len(s) && s[j] == '.' && groupAt(s, j+1) {
		j += 4
	}
	if j-i != 8 || j < len(s) && s[j] == '.' && digitsAt(s, j+1, 1) {
		return i
	}
	return j
}

// groupsEnd is the end of the groups that go on behind the first digits of a number, which end at i: by commas, by the commas of India
// ("12,34,567"), by thin spaces ("40\u202f000"); i where there are none.
func groupsEnd(s string, i, first int) int {
	if first == 0 || first > 3 {
		return i
	}
	j := i
	for j < len(s) && s[j] == ',' && groupAt(s, j+1) {
		j += 4
	}
	if j > i {
		return j
	}
	if first <= 2 {
		for j < len(s) && j-i+first < maxDigits && s[j] == ',' && digitsAt(s, j+1, 2) && j+3 < len(s) && s[j+3] == ',' {
			j += 3
		}
		if j > i && groupAt(s, j+1) {
			return j + 4
		}
		j = i
	}
	if end := pointedEnd(s, j); end > j {
		return end
	}
	for j < len(s) && (s[j] == '\'' || strings.HasPrefix(s[j:], "’")) { // "12'500"
		n := 1
		if s[j] != '\'' {
			n = len("’")
		}
		if !groupAt(s, j+n) {
			break
		}
		j += n + 3
	}
	if j > i {
		return j
	}
	for n := thinSpace(s[j:]); n > 0 && groupAt(s, j+n); n = thinSpace(s[j:]) {
		j += n + 3
	}
	return j
}

// thinSpace is the length of a thin space that groups digits at the head of s, 0 without one.
func thinSpace(s string) int {
	if strings.HasPrefix(s, "\u202f") || strings.HasPrefix(s, "\u2009") {
		return 3
	}
	return 0
}

func lexWord(s, low string, i int, a *Atom) int {
	a.Kind = Word
	start := i
	i, letters := letterRun(s, i, a)
	a.Low = low[start:i]
	if letters == 1 && dotted(s, i) { // "U.S.", "p.m.": single letters, each with its dot
		j := i
		for dotted(s, j) {
			j += 2
		}
		a.Upper = a.Cap
		a.Low = low[start:j]
		if i = j; i < len(s) && s[i] == '.' {
			i++
			a.Dot = true
		}
		return i
	}
	if i < len(s) && s[i] == '.' && english.abbreviations.Has(a.Low) {
		i++
		a.Dot = true
	}
	return i
}

// dotted says whether a dot and a single letter stand at i.
func dotted(s string, i int) bool {
	return i+1 < len(s) && s[i] == '.' && isLetter(s[i+1]) && (i+2 == len(s) || !isLetter(s[i+2]))
}

// letterRun is the end of the letters at i and how many they are, and says of the atom whether they are capitals.
func letterRun(s string, i int, a *Atom) (end, letters int) {
	start := i
	upper := true
	for i < len(s) {
		c := s[i]
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case isLetter(c):
			capital := 'A' <= c && c <= 'Z'
			upper = upper && capital
			a.Cap = a.Cap || capital && i == start
			letters++
		case c == '\'' && i+1 < len(s) && 'A' <= s[i+1] && s[i+1] <= 'Z': // "O'Brien"
		case n > 1 && (unicode.IsLetter(r) || unicode.IsMark(r)):
			a.Cap = a.Cap || unicode.IsUpper(r) && i == start
			upper = upper && unicode.IsUpper(r)
			letters++
		default:
			a.Upper = upper && letters > 1
			return i, letters
		}
		i += n
	}
	a.Upper = upper && letters > 1
	return i, letters
}

func lexApostrophe(s, low string, i, n int, a *Atom) int {
	start := i
	i += n
	a.Low = "'"
	// A clitic: "'s", "'ll", straight after a letter or standing alone in a tokenised text.
	j := i
	for j < len(s) && isLetter(s[j]) && j-i < 3 {
		j++
	}
	if j > i && (j == len(s) || !isLetter(s[j])) {
		switch low[i:j] {
		case "s":
			a.Kind, a.Low = Word, "'s"
			return j
		case "re", "ve", "ll", "d", "m", "t":
			if start > 0 && isLetter(s[start-1]) {
				a.Kind, a.Low = Word, low[i:j]
				return j
			}
		}
	}
	return i
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// lowerASCII is s with its ASCII letters in lower case: unlike [strings.ToLower] it keeps every byte in its place.
func lowerASCII(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	done := 0
	for i := range len(s) {
		if c := s[i]; 'A' <= c && c <= 'Z' {
			b.WriteString(s[done:i])
			b.WriteByte(c + 'a' - 'A')
			done = i + 1
		}
	}
	b.WriteString(s[done:])
	return b.String()
}
