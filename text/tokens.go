package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/onrecord/onrecord"
)

// Classes of bytes, by which the tokenizer goes.
const (
	cOther uint8 = iota
	cBlank
	cLower
	cUpper
	cDigit
	cHigh // begins or continues a rune outside ASCII
)

var class = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			t[c] = cBlank
		case 'a' <= c && c <= 'z':
			t[c] = cLower
		case 'A' <= c && c <= 'Z':
			t[c] = cUpper
		case '0' <= c && c <= '9':
			t[c] = cDigit
		case c >= utf8.RuneSelf:
			t[c] = cHigh
		}
	}
	return t
}()

// Blank says whether a rune shows nothing: white space, or an invisible format character (zero width, bidirectional control).
// Blanks stand between tokens; format characters inside a word belong to it.
func Blank(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r] == cBlank
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && !visibleFormat(r)
}

// visibleFormat are the format characters that are seen: Arabic number signs and their like (Unicode, Prepended_Concatenation_Mark).
func visibleFormat(r rune) bool {
	return 0x600 <= r && r <= 0x605 || r == 0x6DD || r == 0x70F || 0x890 <= r && r <= 0x891 || r == 0x8E2 || r == 0x110BD || r == 0x110CD
}

// wordRune says whether a rune outside ASCII is part of a word: letters, marks and numbers of every script.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)
}

// word says whether a word character begins at byte i.
func (p *tokenizer) word(i int) bool {
	if i >= len(p.s) {
		return false
	}
	switch class[p.s[i]] {
	case cLower, cUpper, cDigit:
		return true
	case cHigh:
		r, _ := utf8.DecodeRuneInString(p.s[i:])
		return r != utf8.RuneError && wordRune(r)
	}
	return false
}

func (p *tokenizer) is(i int, c uint8) bool { return 0 <= i && i < len(p.s) && class[p.s[i]] == c }

func (p *tokenizer) letter(i int) bool {
	return p.is(i, cLower) || p.is(i, cUpper) || p.is(i, cHigh) && p.word(i)
}

func (p *tokenizer) at(i int) byte {
	if i < 0 || i >= len(p.s) {
		return 0
	}
	return p.s[i]
}

type tokenizer struct {
	s    string
	out  []Token
	gap  bool // a blank, or the beginning, precedes
	from int  // start of the word being read
}

// tokenize cuts a text into tokens, and stops soon after it has found most of them. It looks ahead by a bounded number of bytes
// only, so that its time is linear.
func tokenize(s string, most int) []Token {
	p := &tokenizer{s: s, gap: true, out: make([]Token, 0, min(len(s)/5+8, most))}
	for i := 0; i < len(s) && len(p.out) < most; {
		switch class[s[i]] {
		case cBlank:
			p.gap = true
			i++
		case cLower, cUpper, cDigit:
			i = p.readWord(i)
		case cHigh:
			r, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && n == 1:
				i = p.emit(i, i+1, Symbol)
			case wordRune(r):
				i = p.readWord(i)
			case Blank(r):
				p.gap = true
				i += n
			default:
				i = p.readSign(i, r, n)
			}
		default:
			i = p.readMark(i)
		}
	}
	return p.out
}

func (p *tokenizer) emit(from, to int, shape Shape) int {
	p.out = append(p.out, Token{onrecord.Span{Start: from, End: to}, shape, p.gap})
	p.gap = false
	return to
}

// apostrophe is the length of the apostrophe at byte i, 0 when there is none. Marks that stand in for one (‘ ´ `) count
// only where a clitic follows.
func (p *tokenizer) apostrophe(i int) int {
	rest := p.s[i:]
	if rest[0] == '\'' {
		return 1
	}
	for _, a := range []string{"’", "ʼ", "＇"} {
		if strings.HasPrefix(rest, a) {
			return len(a)
		}
	}
	for _, a := range []string{"‘", "´", "`"} {
		if strings.HasPrefix(rest, a) {
			n := len(a)
			for _, c := range lex.clitics {
				if hasFold(rest[n:], c) && !p.word(i+n+len(c)) {
					return n
				}
			}
		}
	}
	return 0
}

// hasFold says whether s begins with the lower-case ASCII prefix, in either case.
func hasFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i] != prefix[i] && s[i] != prefix[i]-'a'+'A' {
			return false
		}
	}
	return true
}

// readWord reads the word at byte i with the marks inside it, and cuts clitics off.
func (p *tokenizer) readWord(i int) int {
	s := p.s
	if c := s[i] | 0x20; c == 'h' || c == 'w' || c == 'f' {
		if end := p.url(i); end > 0 {
			return p.emit(i, end, Mixed)
		}
	}
	p.from = i
	seg := i               // where the part after the last inner mark begins
	last, lastLen := -1, 0 // the last apostrophe, and its length
	dots := false          // a period is inside already
	high := false          // a letter outside ASCII too
	j := i
loop:
	for j < len(s) {
		c := s[j]
		switch class[c] {
		case cLower, cUpper, cDigit:
			j++
			continue
		case cBlank:
			break loop
		case cHigh:
			r, n := utf8.DecodeRuneInString(s[j:])
			switch {
			case r == utf8.RuneError && n == 1:
				break loop
			case wordRune(r):
				high = true
				j += n
				continue
			case r == 0x2010 || r == 0x2011: // hyphen, non-breaking hyphen
				if !p.word(j + n) {
					break loop
				}
				j += n
				seg = j
				continue
			case r != 0x200B && unicode.Is(unicode.Cf, r): // all but the zero width space, which is there to part words
				if !p.word(j + n) {
					break loop
				}
				j += n
				continue
			}
			n = p.apostrophe(j)
			if n == 0 || !p.letter(j+n) {
				break loop
			}
			last, lastLen = j, n
			j += n
			continue
		}
		switch c {
		case '\'', '`':
			n := p.apostrophe(j)
			if n == 0 || !p.letter(j+n) {
				break loop
			}
			last, lastLen = j, n
			j += n
		case '-', '/', '@':
			if c == '/' && dots && p.domain(seg, j) {
				return p.emit(i, p.urlEnd(j), Mixed)
			}
			if !p.word(j + 1) {
				break loop
			}
			j++
			seg = j
		case '_':
			if !p.word(j+1) && p.at(j+1) != '_' {
				break loop
			}
			j++
			seg = j
		case '&':
			if !(p.is(j-1, cUpper) && p.is(j+1, cUpper)) {
				break loop
			}
			j++
			seg = j
		case ',', ':':
			if !(p.is(j-1, cDigit) && p.is(j+1, cDigit)) {
				break loop
			}
			j++
			seg = j
		case '.':
			switch p.period(seg, j, dots) {
			case outside:
				break loop
			case lastOf:
				j++
				break loop
			}
			j++
			seg = j
			dots = true
		default:
			break loop
		}
	}
	if j < len(s) && s[j] == '$' && p.is(j+1, cDigit) && lex.dollars.Has(s[i:j]) {
		return p.emit(i, j+1, Symbol)
	}
	if last >= 0 {
		return p.cutClitics(i, j, last, lastLen)
	}
	if n := len(s[i:j]); n >= 5 && n <= 6 && !high {
		if cut := contraction(s[i:j]); cut > 0 {
			p.emit(i, i+cut, shape(s[i:i+cut]))
			return p.emit(i+cut, j, shape(s[i+cut:j]))
		}
	}
	return p.emit(i, j, shape(s[i:j]))
}

// What a period is to the word before it.
const (
	outside = iota // a token of its own
	inside         // the word goes on
	lastOf         // the word ends with it
)

// period decides on the period at byte j after the part of a word that begins at seg.
func (p *tokenizer) period(seg, j int, dots bool) int {
	s := p.s
	if p.is(j+1, cDigit) && p.is(j-1, cDigit) {
		return inside
	}
	part := s[seg:j]
	end := lastOf
	if n := p.at(j + 1); n == '-' && p.letter(j+2) || n == '/' && p.letter(j+2) {
		end = inside
	}
	if n := utf8.RuneCountInString(part[:min(len(part), 8)]); n == 1 && len(part) <= 4 && p.letter(seg) {
		r, _ := utf8.DecodeRuneInString(part)
		switch {
		case unicode.IsUpper(r):
			if p.is(j+1, cUpper) { // "U.S.", "U.S-led", "W.Va.", but "J.Smith"
				if p.is(j+2, cLower) && !p.abbreviationAt(j+1) {
					return lastOf
				}
				return inside
			}
			if seg > p.from && !dots { // "U-S-A."
				return outside
			}
			if r == 'I' && !dots && !p.initial() {
				return outside
			}
			if !p.is(j+1, cLower) {
				return end
			}
		case dots && !p.is(j+1, cLower):
			return end
		case p.letter(j+1) && p.at(j+2) == '.': // "a.m.", "e.g."
			return inside
		}
	}
	if kind := lex.abbreviations.Of(part); kind != 0 && !p.is(j+1, cLower) {
		if p.abbreviated(kind, seg, j) {
			if part == "Ph" && p.is(j+1, cUpper) {
				return inside
			}
			return end
		}
		return outside
	}
	if !p.is(j+1, cLower) || !(p.is(j-1, cLower) || p.is(j-1, cDigit) || p.is(j-1, cUpper)) {
		return outside
	}
	// "nytimes.com", "will.i.am", but "said.the"
	k := j + 1
	for k < len(s) && k < j+16 && (p.is(k, cLower) || p.is(k, cDigit)) {
		k++
	}
	switch {
	case dots,
		lex.domains.Has(s[j+1:k]) && !p.word(k),
		p.at(k) == '.' && p.is(k+1, cLower),
		p.at(k) == '@' && p.word(k+1): // "first.last@example.org"
		return inside
	}
	return outside
}

// abbreviationAt says whether an abbreviation with its period begins at byte i.
func (p *tokenizer) abbreviationAt(i int) bool {
	k := i
	for k < i+6 && p.letter(k) {
		k++
	}
	return p.at(k) == '.' && lex.abbreviations.Of(p.s[i:k]) == anywhere
}

// initial says whether a capital I that is about to be read is an initial, by the word before it: "Robert I. Sherman".
func (p *tokenizer) initial() bool {
	if len(p.out) == 0 {
		return false
	}
	t := p.out[len(p.out)-1]
	return t.Shape == Title && !lex.starters.Has(t.Of(p.s))
}

// abbreviated says whether the abbreviation of the given kind in [seg, j) is one here.
func (p *tokenizer) abbreviated(kind abbreviation, seg, j int) bool {
	switch kind {
	case beforeNumber:
		return p.is(j+1, cDigit) || p.at(j+1) == ' ' && p.is(j+2, cDigit)
	case afterComma:
		if seg > p.from {
			return true
		}
		if len(p.out) == 0 {
			return false
		}
		t := p.out[len(p.out)-1]
		return t.Len() == 1 && (p.s[t.Start] == ',' || p.s[t.Start] == '(')
	}
	return true
}

// domain says whether s[seg:j] is a top level domain.
func (p *tokenizer) domain(seg, j int) bool { return j-seg <= 12 && lex.domains.Has(p.s[seg:j]) }

// cutClitics emits the word [i, j), whose last apostrophe is at byte a, cutting clitics off its end.
func (p *tokenizer) cutClitics(i, j, a, n int) int {
	s := p.s
	var cuts [3]int
	k, end := 0, j
	for k < len(cuts) {
		tail := s[a+n : end]
		cut := -1
		for _, c := range lex.clitics {
			if len(tail) == len(c) && hasFold(tail, c) {
				cut = a
			}
		}
		if cut == a && (tail == "t" || tail == "T") {
			if a > i && s[a-1]|0x20 == 'n' {
				cut = a - 1
			} else {
				cut = -1
			}
		}
		if cut <= i {
			break
		}
		cuts[k] = cut
		k++
		end = cut
		// A clitic before the clitic: "I'd've".
		a = -1
		for b := end - 1; b > i && b >= end-6; b-- {
			if m := p.apostrophe(b); m > 0 && b+m < end {
				a, n = b, m
				break
			}
		}
		if a < 0 {
			break
		}
	}
	from := i
	for k--; k >= 0; k-- {
		p.emit(from, cuts[k], shape(s[from:cuts[k]]))
		from = cuts[k]
	}
	return p.emit(from, j, shape(s[from:j]))
}

// url is the end of the web address that begins at byte i, 0 when none does.
func (p *tokenizer) url(i int) int {
	for _, scheme := range []string{"http://", "https://", "www.", "ftp://"} {
		if strings.HasPrefix(p.s[i:], scheme) && p.word(i+len(scheme)) {
			return p.urlEnd(i + len(scheme))
		}
	}
	return 0
}

// urlEnd is where the web address that reaches byte i ends: before a blank, a quotation mark or a bracket, and before the
// marks of the sentence around it.
func (p *tokenizer) urlEnd(i int) int {
	from := i
	for i < len(p.s) {
		c := p.s[i]
		if c <= ' ' || c == '"' || c == '<' || c == '>' || c == ')' || c == ']' || c == '}' || c == '`' || c == '|' || c == 0x7f {
			break
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(p.s[i:])
			if r == utf8.RuneError && n == 1 || !wordRune(r) {
				break
			}
			i += n
			continue
		}
		i++
	}
	for i > from && strings.IndexByte(".,;:!?'*-", p.s[i-1]) >= 0 {
		i--
	}
	return i
}

// readMark reads the token of ASCII marks at byte i.
func (p *tokenizer) readMark(i int) int {
	s := p.s
	c := s[i]
	shape := Punct
	switch c {
	case '.':
		if p.is(i+1, cDigit) && (p.gap || p.at(i-1) == '$') {
			return p.readNumber(i)
		}
		return p.emit(i, p.run(i, c), Punct)
	case '-', '+':
		if p.is(i+1, cDigit) && (p.gap || p.at(i-1) == '(') {
			return p.readNumber(i)
		}
		if c == '+' {
			shape = Symbol
		}
		return p.emit(i, p.run(i, c), shape)
	case '!', '?':
		j := i
		for j < len(s) && (s[j] == '!' || s[j] == '?') {
			j++
		}
		return p.emit(i, j, Punct)
	case '_', '*', '=', '~':
		return p.emit(i, p.run(i, c), Symbol)
	case '\'':
		if p.at(i+1) == '\'' {
			return p.emit(i, i+2, Punct)
		}
		if n := p.elision(i, 1); n > 0 {
			return p.emit(i, n, Lower)
		}
	case '`':
		if p.at(i+1) == '`' {
			return p.emit(i, i+2, Punct)
		}
	case '@', '#':
		if p.letter(i+1) || c == '@' && p.word(i+1) {
			j := i + 1
			for j < len(s) && (p.at(j) == '_' || p.word(j)) {
				_, n := utf8.DecodeRuneInString(s[j:])
				j += n
			}
			return p.emit(i, j, Mixed)
		}
		shape = Symbol
	case '$', '%', '&', '<', '>', '^', '|', '\\':
		shape = Symbol
	default:
		if c < ' ' || c == 0x7f {
			shape = Symbol
		}
	}
	return p.emit(i, i+1, shape)
}

func (p *tokenizer) run(i int, c byte) int {
	for i < len(p.s) && p.s[i] == c {
		i++
	}
	return i
}

// readNumber reads a number that begins with a sign or a decimal point: the mark, and the word after it.
func (p *tokenizer) readNumber(i int) int {
	n := len(p.out)
	end := p.readWord(i + 1)
	p.out[n].Start = i
	return end
}

// elision is the end of the word that begins with the apostrophe of n bytes at byte i, 0 when that is no apostrophe: "'80s",
// "'em", and clitics that a tokenizer cut off before.
func (p *tokenizer) elision(i, n int) int {
	j := i + n
	if p.is(j, cDigit) && p.is(j+1, cDigit) {
		if p.at(j+2) == 's' && !p.word(j+3) {
			return j + 3
		}
		if !p.word(j+2) && p.gap && p.at(j+2) != '.' && p.at(j+2) != ',' && p.at(j+2) != '\'' && p.at(j+2) != '%' {
			return j + 2
		}
		return 0
	}
	if !p.letter(j) {
		return 0
	}
	for _, e := range lex.elisions {
		if hasFold(p.s[j:], e) && !p.word(j+len(e)) {
			return j + len(e)
		}
	}
	if len(p.out) > 0 {
		afterPeriod := !p.gap && i > 1 && p.s[i-1] == '.' && p.letter(i-2) && p.out[len(p.out)-1].Shape != Punct // "U.N.|'s"
		for _, c := range lex.clitics {
			end := j + len(c)
			if hasFold(p.s[j:], c) && (p.gap && (end == len(p.s) || p.is(end, cBlank)) || afterPeriod && !p.word(end)) {
				return end
			}
		}
	}
	return 0
}

// readSign reads the token that begins with a mark or symbol outside ASCII.
func (p *tokenizer) readSign(i int, r rune, n int) int {
	switch r {
	case '’', '‘', 'ʼ', '＇':
		if end := p.elision(i, n); end > 0 && (r != '‘' || p.is(i+n, cDigit)) {
			return p.emit(i, end, Lower)
		}
		return p.emit(i, i+n, Punct)
	case '—', '–', '―', '…', '‒', '−':
		if r == '−' && p.is(i+n, cDigit) && p.gap {
			k := len(p.out)
			end := p.readWord(i + n)
			p.out[k].Start = i
			return end
		}
		j := i + n
		for strings.HasPrefix(p.s[j:], p.s[i:i+n]) {
			j += n
		}
		return p.emit(i, j, Punct)
	}
	if unicode.IsPunct(r) {
		return p.emit(i, i+n, Punct)
	}
	// An emoji with its modifiers, a flag: one grapheme cluster (UAX 29).
	g := graphemes.FromString(p.s[i:])
	if g.Next() && g.End() > n {
		n = g.End()
	}
	return p.emit(i, i+n, Symbol)
}

// contraction is where a word written as one is cut in two, 0 when it is not.
func contraction(w string) int {
	for _, c := range lex.contractions {
		if len(w) == len(c.word) && hasFold(w, c.word) {
			return c.cut
		}
	}
	return 0
}

// shape is the shape of a word.
func shape(w string) Shape {
	var lower, upper, digit, letter, camel bool
	first, caps := true, 0 // at the beginning of a part; upper-case letters that are not
	title := true          // every part begins with a capital or stands in lower case whole
	startUpper := false
	for i, r := range w {
		switch {
		case 'a' <= r && r <= 'z':
			lower, letter, first = true, true, false
		case 'A' <= r && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			if i == 0 {
				startUpper = true
			} else if first {
				if !startUpper {
					title = false
				}
			} else {
				caps++
			}
			upper, letter, first = true, true, false
		case '0' <= r && r <= '9' || r >= utf8.RuneSelf && unicode.IsNumber(r):
			digit, first = true, false
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			lower, letter, first = true, true, false
		case r == '-' || r == '.' || r == '/' || r == '\'' || r == '’' || r == 0x2010 || r == 0x2011:
			first = true
		}
	}
	camel = caps > 0 && lower || !title
	switch {
	case digit && letter:
		return Mixed
	case digit:
		return Number
	case !letter:
		return Symbol
	case !upper:
		return Lower
	case !lower && (utf8.RuneCountInString(w[:min(len(w), 8)]) > 1):
		return Upper
	case camel || !startUpper:
		return Camel
	}
	return Title
}
