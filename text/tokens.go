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

// inWord says whether a word character begins at byte i.
func (p *tokenizer) inWord(i int) bool {
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
	return p.is(i, cLower) || p.is(i, cUpper) || p.is(i, cHigh) && p.inWord(i)
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
	word partial
}

// A partial is the word being read, as far as it has been.
type partial struct {
	from          int // where it begins
	seg           int // where the part after its last inner mark begins
	apostrophe    int // its last apostrophe, -1 without one
	apostropheLen int
	dots          bool // a period is inside
	high          bool // a letter outside ASCII is
	address       bool // it is a web address
	over          bool // it ends here, whatever comes
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
				if hasFold(rest[n:], c) && !p.inWord(i+n+len(c)) {
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
	if end := p.url(i); end > 0 {
		return p.emit(i, end, Mixed)
	}
	p.word = partial{from: i, seg: i, apostrophe: -1}
	j := i
	for j < len(p.s) && !p.word.over {
		n := 0 // bytes that belong to the word
		switch class[p.s[j]] {
		case cLower, cUpper, cDigit:
			n = 1
		case cHigh:
			n = p.innerHigh(j)
		case cOther:
			n = p.innerMark(j)
		}
		if n == 0 {
			break
		}
		j += n
	}
	return p.emitWord(i, j)
}

// emitWord emits the word [i, j), in the parts that the treebank makes of it.
func (p *tokenizer) emitWord(i, j int) int {
	w := p.s[i:j]
	switch {
	case p.word.address:
		return p.emit(i, j, Mixed)
	case p.at(j) == '$' && p.is(j+1, cDigit) && lex.dollars.Has(w):
		return p.emit(i, j+1, Symbol)
	case p.word.apostrophe >= 0:
		return p.cutClitics(i, j, p.word.apostrophe, p.word.apostropheLen)
	}
	if len(w) >= 5 && len(w) <= 6 && !p.word.high {
		if cut := contraction(w); cut > 0 {
			p.emit(i, i+cut, shape(w[:cut]))
			return p.emit(i+cut, j, shape(w[cut:]))
		}
	}
	return p.emit(i, j, shape(w))
}

// innerHigh is how many bytes from byte j on, which are outside ASCII, belong to the word before them.
func (p *tokenizer) innerHigh(j int) int {
	r, n := utf8.DecodeRuneInString(p.s[j:])
	switch {
	case r == utf8.RuneError && n == 1:
		return 0
	case wordRune(r):
		p.word.high = true
		return n
	case r == 0x2010 || r == 0x2011: // hyphen, non-breaking hyphen
		if !p.inWord(j + n) {
			return 0
		}
		p.word.seg = j + n
		return n
	case r != 0x200B && unicode.Is(unicode.Cf, r): // all but the zero width space, which is there to part words
		if !p.inWord(j + n) {
			return 0
		}
		return n
	}
	return p.innerApostrophe(j)
}

// innerMark is how many bytes from the ASCII mark at byte j on belong to the word before it.
func (p *tokenizer) innerMark(j int) int {
	joins := false
	switch p.s[j] {
	case '\'', '`':
		return p.innerApostrophe(j)
	case '.':
		return p.innerPeriod(j)
	case '/':
		if p.word.dots && p.domain(p.word.seg, j) {
			p.word.address, p.word.over = true, true
			return p.urlEnd(j) - j
		}
		joins = p.inWord(j + 1)
	case '-', '@':
		joins = p.inWord(j + 1)
	case '_':
		joins = p.inWord(j+1) || p.at(j+1) == '_'
	case '&':
		joins = p.is(j-1, cUpper) && p.is(j+1, cUpper)
	case ',', ':':
		joins = p.is(j-1, cDigit) && p.is(j+1, cDigit)
	}
	if !joins {
		return 0
	}
	p.word.seg = j + 1
	return 1
}

// innerApostrophe is the length of the apostrophe at byte j where the word goes on after it.
func (p *tokenizer) innerApostrophe(j int) int {
	n := p.apostrophe(j)
	if n == 0 || !p.letter(j+n) {
		return 0
	}
	p.word.apostrophe, p.word.apostropheLen = j, n
	return n
}

// innerPeriod is 1 where the period at byte j belongs to the word before it.
func (p *tokenizer) innerPeriod(j int) int {
	switch p.period(j) {
	case inside:
		p.word.seg, p.word.dots = j+1, true
		return 1
	case lastOf:
		p.word.over = true
		return 1
	}
	return 0
}

// What a period is to the word before it.
const (
	undecided = iota
	outside   // a token of its own
	inside    // the word goes on
	lastOf    // the word ends with it
)

// period decides on the period at byte j after the word that is being read.
func (p *tokenizer) period(j int) int {
	if p.is(j-1, cDigit) && p.is(j+1, cDigit) {
		return inside
	}
	part := p.s[p.word.seg:j]
	if r, n := utf8.DecodeRuneInString(part); n > 0 && n == len(part) && p.letter(p.word.seg) {
		if is := p.afterLetter(r, j); is != undecided {
			return is
		}
	}
	if kind := lex.abbreviations.Of(part); kind != 0 && !p.is(j+1, cLower) {
		switch {
		case !p.abbreviated(kind, p.word.seg, j):
			return outside
		case part == "Ph" && p.is(j+1, cUpper):
			return inside
		}
		return p.ending(j)
	}
	if p.dotted(j) {
		return inside
	}
	return outside
}

// ending is what a period at byte j is that ends an abbreviation: "U.S.", but "U.S.-led".
func (p *tokenizer) ending(j int) int {
	if c := p.at(j + 1); (c == '-' || c == '/') && p.letter(j+2) {
		return inside
	}
	return lastOf
}

// afterLetter decides on the period at byte j after a single letter.
func (p *tokenizer) afterLetter(r rune, j int) int {
	switch {
	case unicode.IsUpper(r):
		return p.afterCapital(r, j)
	case p.word.dots && !p.is(j+1, cLower):
		return p.ending(j)
	case p.letter(j+1) && p.at(j+2) == '.': // "a.m.", "e.g."
		return inside
	}
	return undecided
}

// afterCapital decides on the period at byte j after a single capital.
func (p *tokenizer) afterCapital(r rune, j int) int {
	switch {
	case p.is(j+1, cUpper) && p.is(j+2, cLower) && !p.abbreviationAt(j+1): // "J.Smith", but "W.Va."
		return lastOf
	case p.is(j+1, cUpper): // "U.S.", "U.S-led"
		return inside
	case p.word.seg > p.word.from && !p.word.dots: // "U-S-A."
		return outside
	case r == 'I' && !p.word.dots && !p.initial():
		return outside
	case !p.is(j+1, cLower):
		return p.ending(j)
	}
	return undecided
}

// dotted says whether the period at byte j stands inside a name in small letters: "nytimes.com", "will.i.am", but "said.the".
func (p *tokenizer) dotted(j int) bool {
	if !p.is(j+1, cLower) || !(p.is(j-1, cLower) || p.is(j-1, cDigit) || p.is(j-1, cUpper)) {
		return false
	}
	k := j + 1
	for k < len(p.s) && k < j+16 && (p.is(k, cLower) || p.is(k, cDigit)) {
		k++
	}
	return p.word.dots ||
		lex.domains.Has(p.s[j+1:k]) && !p.inWord(k) ||
		p.at(k) == '.' && p.is(k+1, cLower) ||
		p.at(k) == '@' && p.inWord(k+1) // "first.last@example.org"
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
		if seg > p.word.from {
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
	if c := p.s[i] | 0x20; c != 'h' && c != 'w' && c != 'f' {
		return 0
	}
	for _, scheme := range []string{"http://", "https://", "www.", "ftp://"} {
		if strings.HasPrefix(p.s[i:], scheme) && p.inWord(i+len(scheme)) {
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
	c := p.s[i]
	switch c {
	case '.', '-', '+':
		if p.beginsNumber(i) {
			return p.readNumber(i)
		}
		return p.emit(i, p.run(i, c), markShape(c))
	case '_', '*', '=', '~':
		return p.emit(i, p.run(i, c), markShape(c))
	case '!', '?':
		j := i
		for p.at(j) == '!' || p.at(j) == '?' {
			j++
		}
		return p.emit(i, j, Punct)
	case '\'', '`':
		if p.at(i+1) == c {
			return p.emit(i, i+2, Punct)
		}
		if c == '`' {
			break
		}
		if end := p.elision(i, 1); end > 0 {
			return p.emit(i, end, Lower)
		}
	case '@', '#':
		if end := p.handle(i); end > 0 {
			return p.emit(i, end, Mixed)
		}
	}
	return p.emit(i, i+1, markShape(c))
}

// markShape is the shape of an ASCII mark.
func markShape(c byte) Shape {
	if c < ' ' || c == 0x7f || strings.IndexByte("$%&<>^|\\@#+_*=~", c) >= 0 {
		return Symbol
	}
	return Punct
}

// beginsNumber says whether the sign or decimal point at byte i begins a number.
func (p *tokenizer) beginsNumber(i int) bool {
	before := byte('(')
	if p.s[i] == '.' {
		before = '$'
	}
	return p.is(i+1, cDigit) && (p.gap || p.at(i-1) == before)
}

// handle is the end of the name of an account or of the subject that begins with the mark at byte i ("@harbour", "#boats"), 0 when
// none does.
func (p *tokenizer) handle(i int) int {
	if !p.letter(i+1) && !(p.s[i] == '@' && p.inWord(i+1)) {
		return 0
	}
	j := i + 1
	for p.at(j) == '_' || p.inWord(j) {
		_, n := utf8.DecodeRuneInString(p.s[j:])
		j += n
	}
	return j
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
		return p.shortYear(j)
	}
	if !p.letter(j) {
		return 0
	}
	for _, e := range lex.elisions {
		if hasFold(p.s[j:], e) && !p.inWord(j+len(e)) {
			return j + len(e)
		}
	}
	if len(p.out) > 0 {
		afterPeriod := !p.gap && i > 1 && p.s[i-1] == '.' && p.letter(i-2) && p.out[len(p.out)-1].Shape != Punct // "U.N.|'s"
		for _, c := range lex.clitics {
			end := j + len(c)
			if hasFold(p.s[j:], c) && (p.gap && (end == len(p.s) || p.is(end, cBlank)) || afterPeriod && !p.inWord(end)) {
				return end
			}
		}
	}
	return 0
}

// shortYear is the end of the year or decade whose two digits begin at byte j, after an apostrophe: "'80s", "'82". 0 when it is none.
func (p *tokenizer) shortYear(j int) int {
	c := p.at(j + 2)
	switch {
	case c == 's' && !p.inWord(j+3):
		return j + 3
	case !p.inWord(j+2) && p.gap && c != '.' && c != ',' && c != '\'' && c != '%':
		return j + 2
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
	c := composition{partBegins: true}
	for i, r := range w {
		c.add(r, i == 0)
	}
	letters := c.lower || c.upper
	switch {
	case c.digit && letters:
		return Mixed
	case c.digit:
		return Number
	case !letters:
		return Symbol
	case !c.upper:
		return Lower
	case !c.lower && utf8.RuneCountInString(w[:min(len(w), 8)]) > 1:
		return Upper
	case !c.capital || c.lateCapital || c.innerCapital && c.lower:
		return Camel
	}
	return Title
}

// A composition is what a word is made of.
type composition struct {
	lower, upper, digit bool
	capital             bool // its first character is a capital
	lateCapital         bool // a part of it begins with a capital, and it does not: "al-Qaeda"
	innerCapital        bool // a capital stands inside a part: "McGurk"
	partBegins          bool // the next character begins a part
}

func (c *composition) add(r rune, first bool) {
	switch classOf(r) {
	case cUpper:
		switch {
		case first:
			c.capital = true
		case !c.partBegins:
			c.innerCapital = true
		case !c.capital:
			c.lateCapital = true
		}
		c.upper, c.partBegins = true, false
	case cLower:
		c.lower, c.partBegins = true, false
	case cDigit:
		c.digit, c.partBegins = true, false
	default:
		switch r {
		case '-', '.', '/', '\'', '’', 0x2010, 0x2011:
			c.partBegins = true
		}
	}
}

// classOf is the class of a rune, letters without case being small ones.
func classOf(r rune) uint8 {
	switch {
	case r < utf8.RuneSelf:
		return class[r]
	case unicode.IsUpper(r):
		return cUpper
	case unicode.IsNumber(r):
		return cDigit
	case unicode.IsLetter(r):
		return cLower
	}
	return cOther
}
