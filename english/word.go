package english

import (
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
	if len(s) <= 5 && (len(s) == 0 || s[0] < 'A' || s[0] >= 0x80 || s[0] == '`' || s[0] == '{' || s[0] == '[' || s[0] == ']' || s[0] == '}') {
		if m, ok := marks[s]; ok {
			s = m
		}
	}
	const prime = 16777619
	form, low := uint32(2166136261), uint32(2166136261)
	shape := low
	*w = word{}
	var last byte
	var tail uint32
	upper, lower, first := 0, 0, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		// The curly apostrophe is U+2019, E2 80 99.
		if c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] == 0x99 {
			c = '\''
			i += 2
		}
		k, l := byte('.'), c
		switch {
		case 'a' <= c && c <= 'z':
			k = 'x'
			lower++
		case 'A' <= c && c <= 'Z':
			k, l = 'X', c|0x20
			upper++
		case '0' <= c && c <= '9':
			k, l = 'd', '0'
		case c >= 0x80:
			k = 'x' // mostly accented letters
			lower++
		default:
			k = c
		}
		if i == 0 {
			first = k
		}
		form = (form ^ uint32(c)) * prime
		low = (low ^ uint32(l)) * prime
		tail = tail<<8 | uint32(l)
		if i < 3 {
			w.pre[i] = low
		}
		if k != last {
			shape = (shape ^ uint32(k)) * prime
			last = k
		}
	}
	w.form, w.low, w.shape = form, low, shape
	w.suf = [4]uint32{tail & 0xFF, tail & 0xFFFF, tail & 0xFFFFFF, tail}
	switch {
	case upper+lower == 0:
		w.caps = capsNone
	case upper == 0:
		w.caps = capsLower
	case lower == 0 && upper == 1:
		w.caps = capsOne
	case lower == 0:
		w.caps = capsUpper
	case upper == 1 && first == 'X':
		w.caps = capsTitle
	default:
		w.caps = capsMixed
	}
	w.long = upper+lower >= 4
}

var (
	openWord  = "``"
	closeWord = "''"
)

// setToken computes the hashes of token i of a document.
func (w *word) setToken(d *text.Doc, i int) {
	switch d.Tokens[i].Shape {
	case text.Open:
		w.set(openWord)
	case text.Close:
		w.set(closeWord)
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

// bounds stand before and behind a sentence.
var before, behind = bound("<s>"), bound("</s>")

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
