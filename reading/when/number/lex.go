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
		c := source[i]
		a := Atom{Space: space, Line: line}
		a.Start = i
		switch {
		case c == '\n' || c == '\r':
			space, line = true, true
			i++
			continue
		case c == ' ' || c == '\t' || c == '\v' || c == '\f':
			space = true
			i++
			continue
		case '0' <= c && c <= '9':
			i = lexDigits(source, i, &a)
		case c == '.' && space && i+1 < len(source) && isDigit(source[i+1]):
			i = lexDigits(source, i, &a) // ".534"
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
			i = lexWord(source, low, i, &a)
		case c == '\'':
			i = lexApostrophe(source, low, i, 1, &a)
		case c < utf8.RuneSelf:
			i++
			a.Low = low[a.Start:i]
		default:
			r, n := utf8.DecodeRuneInString(source[i:])
			switch {
			case unicode.IsSpace(r):
				space = true
				line = line || r == '\u2028' || r == '\u2029' || r == '\u0085'
				i += n
				continue
			case r == '’' || r == '‘':
				i = lexApostrophe(source, low, i, n, &a)
			case unicode.IsLetter(r):
				i = lexWord(source, low, i, &a)
			default:
				i += n
				a.Low = low[a.Start:i]
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
			}
		}
		a.End = i
		space, line = false, false
		t.Atoms = append(t.Atoms, a)
	}
	return t
}

func lexDigits(s string, i int, a *Atom) int {
	a.Kind = Digits
	start := i
	run := func() {
		for i < len(s) && isDigit(s[i]) {
			i++
		}
	}
	run()
	first := i - start
	for first > 0 && first <= 3 && i+3 < len(s) && s[i] == ',' && isDigit(s[i+1]) && isDigit(s[i+2]) && isDigit(s[i+3]) &&
		(i+4 == len(s) || !isDigit(s[i+4])) {
		i += 4
		a.Comma = true
	}
	// Indian grouping: "12,34,567".
	if first > 0 && first <= 2 && !a.Comma {
		j := i
		for j+2 < len(s) && j-start < maxDigits && s[j] == ',' && isDigit(s[j+1]) && isDigit(s[j+2]) && j+3 < len(s) && s[j+3] == ',' {
			j += 3
		}
		if j > i && j+3 < len(s) && isDigit(s[j+1]) && isDigit(s[j+2]) && isDigit(s[j+3]) && (j+4 == len(s) || !isDigit(s[j+4])) {
			i = j + 4
			a.Comma = true
		}
	}
	// Thin spaces: "40\u202f000".
	if first > 0 && first <= 3 && !a.Comma {
		for {
			n := thinSpace(s[i:])
			if n == 0 || len(s) < i+n+3 || !isDigit(s[i+n]) || !isDigit(s[i+n+1]) || !isDigit(s[i+n+2]) || len(s) > i+n+3 && isDigit(s[i+n+3]) {
				break
			}
			i += n + 3
			a.Comma = true
		}
	}
	point := false
	if i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
		j := i + 1
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		// Two points make a date, a version or an address, which come apart.
		if !(j+1 < len(s) && s[j] == '.' && isDigit(s[j+1])) && !(start > 0 && s[start-1] == '.') {
			i, point = j, true
		} else if first == 0 {
			i = j
		}
	}
	a.Plain = !point && !a.Comma && i-start <= 9
	a.Low = s[start:i]
	if i-start > maxDigits {
		a.Bad = true
		return i
	}
	if a.Plain {
		for k := start; k < i; k++ {
			a.Val = a.Val*10 + float64(s[k]-'0')
		}
		return i
	}
	lit := s[start:i]
	if a.Comma {
		lit = strings.Map(func(r rune) rune {
			if r == '.' || '0' <= r && r <= '9' {
				return r
			}
			return -1
		}, lit)
	}
	v, err := strconv.ParseFloat(lit, 64)
	a.Val, a.Bad = v, err != nil
	return i
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
	upper, letters := true, 0
	for i < len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z':
			upper = false
			letters++
			i++
			continue
		case 'A' <= c && c <= 'Z':
			if i == start {
				a.Cap = true
			}
			letters++
			i++
			continue
		case c == '\'' && i+1 < len(s) && 'A' <= s[i+1] && s[i+1] <= 'Z': // "O'Brien"
			i++
			continue
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				if i == start {
					a.Cap = unicode.IsUpper(r)
				}
				upper = upper && unicode.IsUpper(r)
				letters++
				i += n
				continue
			}
		}
		break
	}
	a.Upper = upper && letters > 1
	a.Low = low[start:i]
	// "U.S.", "p.m.": single letters, each with its dot.
	if letters == 1 && i+1 < len(s) && s[i] == '.' && isLetter(s[i+1]) && (i+2 == len(s) || !isLetter(s[i+2])) {
		j := i + 2
		for j+1 < len(s) && s[j] == '.' && isLetter(s[j+1]) && (j+2 == len(s) || !isLetter(s[j+2])) {
			j += 2
		}
		a.Upper = a.Cap
		a.Low = low[start:j]
		i = j
		if i < len(s) && s[i] == '.' {
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
