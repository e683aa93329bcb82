package english

import (
	"strings"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/text"
)

// A word is what the models know of a token by itself: hashes, computed once.
type word struct {
	form  uint32 // as written, marks made equal
	low   uint32 // in lower case, every digit a 0
	pre   [3]uint32
	suf   [4]uint32 // of low: last 1 to 4 bytes
	shape uint32    // "Xx", "dd", "x-x": runs of a class count once
	caps  uint8     // one of the caps constants
	long  bool      // at least 4 letters
	tag   uint8     // as the tagger set it
	class uint16    // of the tagger's dictionary: tags that the word is known to take; 0 unknown
	gap   uint8     // in parses: set of kinds of punctuation before the word
	wt    uint32    // low and tag
}

// How a token is capitalised.
const (
	capsNone  = iota // no letters
	capsLower        // "word"
	capsTitle        // "Word"
	capsUpper        // "WORD", at least two letters
	capsMixed        // "McGurk", "iPhone"
	capsOne          // "A"
)

// marks makes the marks that print and typewriters write differently equal.
var marks = map[string]string{
	"\u2013": "--", "\u2014": "--", "\u2015": "--", "---": "--", "\u2026": "...", ". . .": "...",
	"(": "-LRB-", ")": "-RRB-", "[": "-LRB-", "]": "-RRB-", "{": "-LRB-", "}": "-RRB-",
	"-LSB-": "-LRB-", "-RSB-": "-RRB-", "-LCB-": "-LRB-", "-RCB-": "-RRB-",
	"`": "``", "\u2018": "``", "\u201C": "``", "\u2018\u2018": "``", "\u00AB": "``", "\u201E": "``",
	"'": "''", "\u2019": "''", "\u201D": "''", "\u2019\u2019": "''", "\u00BB": "''", "\"": "''",
}

// set computes the hashes of a token's characters.
func (w *word) set(s string) {
	s = oneMark(s)
	*w = word{form: hashStart, low: hashStart, shape: hashStart}
	var c casing
	var last byte
	var tail uint32
	for i := 0; i < len(s); i++ {
		b := s[i]
		// The curly apostrophe is U+2019, E2 80 99.
		if b == 0xE2 && strings.HasPrefix(s[i:], "\u2019") {
			b = '\''
			i += 2
		}
		kind, low := kindOf(b)
		if i == 0 {
			c.first = kind
		}
		switch kind {
		case 'x':
			c.lower++
		case 'X':
			c.upper++
		}
		w.form = (w.form ^ uint32(b)) * hashPrime
		w.low = (w.low ^ uint32(low)) * hashPrime
		tail = tail<<8 | uint32(low)
		if i < 3 {
			w.pre[i] = w.low
		}
		if kind != last {
			w.shape = (w.shape ^ uint32(kind)) * hashPrime
			last = kind
		}
	}
	w.suf = [4]uint32{tail & 0xFF, tail & 0xFFFF, tail & 0xFFFFFF, tail}
	w.caps = c.caps()
	w.long = c.upper+c.lower >= 4
}

// The hash of Fowler, Noll and Vo, 32 bits, 1a.
const (
	hashStart = 2166136261
	hashPrime = 16777619
)

// oneMark is the one way in which the models know a mark that is written in several, and any other word itself.
func oneMark(s string) string {
	if s == "" || len(s) > 5 {
		return s
	}
	switch c := s[0]; {
	case c < 'A' || c >= 0x80, c == '`', c == '{', c == '[', c == ']', c == '}':
		if m, ok := marks[s]; ok {
			return m
		}
	}
	return s
}

// kindOf is the kind of a byte, 'x' of small letters, 'X' of capitals, 'd' of digits and itself of a mark, and the byte in lower case, with
// digits made equal.
func kindOf(b byte) (kind, low byte) {
	switch {
	case 'a' <= b && b <= 'z', b >= 0x80: // these mostly of accented letters
		return 'x', b
	case 'A' <= b && b <= 'Z':
		return 'X', b | 0x20
	case '0' <= b && b <= '9':
		return 'd', '0'
	}
	return b, b
}

// A casing counts a word's letters; first is the kind of its first byte.
type casing struct {
	upper, lower int
	first        byte
}

func (c *casing) caps() uint8 {
	switch {
	case c.upper+c.lower == 0:
		return capsNone
	case c.upper == 0:
		return capsLower
	case c.lower == 0 && c.upper == 1:
		return capsOne
	case c.lower == 0:
		return capsUpper
	case c.upper == 1 && c.first == 'X':
		return capsTitle
	}
	return capsMixed
}

// setToken computes the hashes of token i of a document.
func (w *word) setToken(d *text.Doc, i int) {
	switch d.Tokens[i].Shape {
	case text.Open:
		w.set("``")
	case text.Close:
		w.set("''")
	default:
		w.set(d.Word(i))
	}
}

// Ways in which a sentence is capitalised.
const (
	plainCase = iota
	titleCase // "Headline of the Day"
	upperCase // "HEADLINE"
	noCase    // "headline", no capital at all
	cases
)

// caseOf is how a sentence is capitalised. Capitals tell names from other words in plain sentences only.
func caseOf(words []word) uint32 {
	var lower, title, upper, any int
	for i := range words {
		switch w := &words[i]; {
		case w.caps == capsTitle || w.caps == capsUpper || w.caps == capsMixed:
			any++
			if w.long && w.caps == capsUpper {
				upper++
			} else if w.long {
				title++
			}
		case w.caps == capsOne:
			any++
		case w.caps == capsLower && w.long:
			lower++
		}
	}
	switch n := lower + title + upper; {
	case upper*10 >= n*7 && upper >= 2:
		return upperCase
	case any == 0 && lower >= 2:
		return noCase
	case n >= 3 && lower*6 <= n:
		return titleCase
	}
	return plainCase
}

// before and behind are the bounds of a sentence.
func before() word { return bound("<s>") }
func behind() word { return bound("</s>") }

func bound(s string) word {
	h := learn.HashString(s)
	return word{form: h, low: h, shape: h, wt: h}
}

// A bag collects the hashed features of one decision.
type bag struct{ list []uint32 }

func (b *bag) start() { b.list = b.list[:0] }

func (b *bag) one(t learn.Template, v uint32) {
	b.list = append(b.list, learn.Hash(uint32(t), v))
}

func (b *bag) two(t learn.Template, v, u uint32) {
	b.list = append(b.list, learn.Hash(learn.Hash(uint32(t), v), u))
}

func (b *bag) three(t learn.Template, v, u, w uint32) {
	b.list = append(b.list, learn.Hash(learn.Hash(learn.Hash(uint32(t), v), u), w))
}
