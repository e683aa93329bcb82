package corpus

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"github.com/onrecord/onrecord"
	txt "github.com/onrecord/onrecord/text"
)

// Flags of words.
const (
	Capital   = 1 << iota // begins with a capital letter
	Opens                 // begins a sentence or a line, where a capital says nothing
	Quoted                // stands in quotation marks
	numeral               // begins with a digit
	Outside               // stands in an aside: not the news
	paragraph             // begins a paragraph
)

// A Word is a run of letters and digits of an article's text; case, clitics and inflection are folded away in its id.
type Word struct {
	Start, End int32 // bytes in the text
	ID         int32 // number of its stem in the vocabulary
	flags      uint8
}

// Is says whether a word has a flag.
func (w Word) Is(flag uint8) bool { return w.flags&flag != 0 }

// Stem is the Snowball (Porter 2) stem of a folded form. Forms that are not English words stay as they are.
func Stem(s string) string {
	if len(s) < 4 || len(s) > 40 {
		return s
	}
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return s
		}
	}
	env := snowballstem.NewEnv(s)
	english.Stem(env)
	return env.Current()
}

// Fold appends the form of a word under which its spellings agree: lower case, without marks, accents kept.
func Fold(dst []byte, w string) []byte {
	for i, r := range w {
		switch {
		case r < utf8.RuneSelf && 'A' <= r && r <= 'Z':
			dst = append(dst, byte(r)+'a'-'A')
		case r < utf8.RuneSelf && ('a' <= r && r <= 'z' || '0' <= r && r <= '9'):
			dst = append(dst, byte(r))
		case r == '.' && i > 0 && i+1 < len(w) && IsDigit(w[i+1]):
			dst = append(dst, '.')
		case r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N, unicode.M):
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}

// IsDigit says whether a byte is a digit.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Cut is the words of a text, without ids. It is linear in the text.
func Cut(text string, asides []onrecord.Aside) []Word {
	words := make([]Word, 0, len(text)/6)
	c := cutter{text: text, asides: asides, opening: true, breaks: paragraphBreaks}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			w := Word{Start: int32(i), End: int32(wordEnd(text, i)), flags: c.flags(i, r)}
			words = append(words, w)
			i = int(w.End)
		} else {
			i += c.pass(i, r, n)
		}
	}
	return words
}

// paragraphBreaks is from how many line ends on a paragraph begins.
const paragraphBreaks = 2

// A cutter is where in a text the cutting into words stands.
type cutter struct {
	text      string
	asides    []onrecord.Aside // that end behind it
	inQuote   bool
	quoteFrom int  // where the open quotation began
	opening   bool // the next word begins a sentence or line
	breaks    int  // line ends since the last word
}

// flags are those of the word that begins at i with the rune r, and takes note of it.
func (c *cutter) flags(i int, r rune) (flags uint8) {
	if unicode.IsUpper(r) {
		flags |= Capital
	}
	if unicode.IsDigit(r) {
		flags |= numeral
	}
	if c.opening {
		flags |= Opens
	}
	if c.breaks >= paragraphBreaks {
		flags |= paragraph
		c.inQuote = c.inQuote && i == c.quoteFrom
	}
	c.inQuote = c.inQuote && i-c.quoteFrom <= maxQuotation
	if c.inQuote {
		flags |= Quoted
	}
	for len(c.asides) > 0 && c.asides[0].Span.End <= i {
		c.asides = c.asides[1:]
	}
	if len(c.asides) > 0 && c.asides[0].Span.Start <= i {
		flags |= Outside
	}
	c.opening, c.breaks = false, 0
	return flags
}

// pass takes note of what stands between words: the rune r of n bytes at i. It says how many bytes that is with its fellow.
func (c *cutter) pass(i int, r rune, n int) int {
	twice := i+1 < len(c.text) && c.text[i+1] == c.text[i] // of a mark of one byte
	switch r {
	case '\n':
		c.breaks++
		c.opening = true
		c.inQuote = c.inQuote && c.breaks < paragraphBreaks
	case '.', '!', '?', ':':
		c.opening = true
	case '“', '„', '«':
		c.open(i + n)
	case '”', '»':
		c.inQuote = false
	case '"':
		was := c.inQuote
		c.open(i + n)
		c.inQuote = !was
	case '`':
		if twice {
			c.open(i + 2)
			return 2
		}
	case '\'':
		if twice {
			c.inQuote = false
			return 2
		}
	}
	return n
}

// open begins a quotation at i.
func (c *cutter) open(i int) { c.inQuote, c.quoteFrom, c.opening = true, i, true }

// maxQuotation is the length in bytes after which a quotation mark that nothing closes is taken for a slip.
const maxQuotation = 1500

// wordEnd is where the word that begins at i ends: marks stand inside a word in "1,458", "U.S." and "O'Neill"; the clitic of a
// possessive is left out by fold's caller.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			i += n
			continue
		}
		if next, m := utf8.DecodeRuneInString(text[i+n:]); r >= utf8.RuneSelf && txt.Unseen(r) && unicode.IsLetter(next) {
			i += n + m
			continue
		}
		if r == '.' || r == ',' || r == '\'' || r == '’' {
			next, m := utf8.DecodeRuneInString(text[i+n:])
			prev, p := utf8.DecodeLastRuneInString(text[:i])
			switch {
			case m == 0:
				return i
			case unicode.IsDigit(next) && unicode.IsDigit(prev) && r != '\'' && r != '’':
				i += n + m
				continue
			case r == '.' && unicode.IsUpper(next) && unicode.IsUpper(prev) && single(text, i-p) && single(text, i+n):
				i += n + m
				continue
			case (r == '\'' || r == '’') && unicode.IsLetter(next) && unicode.IsLetter(prev):
				i += n + m
				continue
			}
		}
		return i
	}
	return i
}

// single says whether the letter at i is a word of one letter, as in "U.S.".
func single(text string, i int) bool {
	prev, _ := utf8.DecodeLastRuneInString(text[:i])
	_, n := utf8.DecodeRuneInString(text[i:])
	next, _ := utf8.DecodeRuneInString(text[i+n:])
	return (i == 0 || !unicode.IsLetter(prev)) && (i+n == len(text) || !unicode.IsLetter(next))
}

// Bare is the word without a possessive clitic.
func Bare(w string) string {
	for _, s := range [...]string{"'s", "’s", "'S", "’S"} {
		if len(w) > len(s) && w[len(w)-len(s):] == s {
			return w[:len(w)-len(s)]
		}
	}
	return w
}

// Hash is a hash of the stems of words in their order.
func Hash(w []Word) uint64 {
	h := uint64(14695981039346656037)
	for _, x := range w {
		h = (h ^ uint64(uint32(x.ID))) * 1099511628211
		h ^= h >> 29
	}
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>32
}
