// Package language says which language a text is in, so that no text is read as English that is not.
package language

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
	"golang.org/x/text/language"

	"github.com/onrecord/onrecord/lexicon"
)

// English is the language that is read.
const English = "en"

// Shares of words that the language of a text shows by. English prose has 25 to 50 of the frequent words in a hundred; lists of names and
// results have few, texts in other languages hardly any.
const (
	surely = .12  // a text with more of them is English
	hardly = .04  // one with fewer may be in another language
	few    = 25   // words, below which neither shares nor letters tell a language of Latin script
	most   = 2000 // words that are looked at
)

// An Identifier tells languages apart.
type Identifier struct{ frequent *lexicon.Set }

// New is an identifier that knows English by the words of its lexicon.
func New(english *lexicon.Lexicon) *Identifier {
	return &Identifier{english.Subject("frequent").Set("frequent")}
}

// Identify returns the language of a text as a BCP 47 tag, or "" where it cannot tell. Declared is what the source of the text says
// ("de-AT", or ""): it is returned where it is of the language that the text shows, and where the text shows none, because it is short
// or a list. Else it does not count, as templates often declare the language of the site, or none that is right.
func (k *Identifier) Identify(text, declared string) string {
	found := k.identify(text, declared)
	if found != "" && found == base(declared) {
		return declared
	}
	return found
}

func (k *Identifier) identify(text, declared string) string {
	c := k.count(text)
	switch {
	case c.latin && c.words < few:
		return base(declared)
	case c.latin && c.share > hardly:
		if c.share > surely {
			return English
		}
		return cmp.Or(base(declared), English)
	}
	found := whatlanggo.Detect(text)
	if found.Lang < 0 || found.Lang == whatlanggo.Eng || found.Confidence == 0 || c.latin && !c.prose && !found.IsReliable() { // of two that are as likely it names either
		return base(declared)
	}
	return base(found.Lang.Iso6393())
}

// counts are what a text shows of its language.
type counts struct {
	words int
	share float64 // of English frequent words
	latin bool    // most words are in Latin script
	prose bool    // most words begin with a small letter: no list of names
}

func (k *Identifier) count(text string) counts {
	var c counts
	frequent, latin, small := 0, 0, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if k.frequent.Has(strings.ToLower(word)) {
			frequent++
		}
		first, _ := utf8.DecodeRuneInString(word)
		if unicode.Is(unicode.Latin, first) {
			latin++
		}
		if unicode.IsLower(first) {
			small++
		}
		if c.words++; c.words == most {
			break
		}
	}
	c.share = float64(frequent) / float64(max(c.words, 1))
	c.latin, c.prose = latin*2 >= c.words, small*2 > c.words
	return c
}

// base is the language of a tag, in its shortest form and by the language that it belongs to (Chinese for Mandarin); "" where the tag is
// none.
func base(tag string) string {
	t, err := (language.BCP47 | language.Macro).Parse(strings.TrimSpace(tag))
	if err != nil || t == language.Und {
		return ""
	}
	b, _ := t.Base()
	return b.String()
}

// Name is the English name of a language ("German"), or the tag itself where it has none here.
func Name(tag string) string {
	switch of := base(tag); of {
	case "":
	case "zh":
		return "Chinese"
	case "no":
		return "Norwegian"
	default:
		for l, name := range whatlanggo.Langs {
			if base(l.Iso6393()) == of {
				return name
			}
		}
	}
	return tag
}
