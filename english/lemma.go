package english

import (
	"strings"
	"sync"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// lemma is the word's dictionary form in lower case, given its tag: exceptions, then rules of spelling, in the manner of
// Minnen, Carroll and Pearce (2001), "Applied morphological processing of English".
func lemma(word, tag string) string {
	w := strings.ToLower(word)
	if strings.Contains(w, "\u2019") {
		w = strings.ReplaceAll(w, "\u2019", "'")
	}
	switch tag {
	case "VBD", "VBN", "VBG", "VBZ", "VBP", "VB", "MD":
		return verb(w, tag)
	case "NNS":
		return noun(w)
	case "NNPS":
		return plural(w)
	case "JJR", "JJS", "RBR", "RBS":
		if base, ok := exceptions().degrees.Find(w); ok {
			return base
		}
		if tag[2] == 'R' && strings.HasSuffix(w, "er") || tag[2] == 'S' && strings.HasSuffix(w, "est") {
			stem := w[:len(w)-2]
			if tag[2] == 'S' {
				stem = w[:len(w)-3]
			}
			return base(stem)
		}
	case "PRP", "PRP$":
		if base, ok := exceptions().pronouns.Find(w); ok {
			return base
		}
	case "RB":
		if w == "n't" || w == "nt" {
			return "not"
		}
	case "DT":
		if w == "an" {
			return "a"
		}
	}
	return w
}

func verb(w, tag string) string {
	e := exceptions()
	if base, ok := e.verbs.Find(w); ok {
		switch {
		case w == "'d" && tag == "MD":
			return "would"
		case (tag == "VB" || tag == "VBP") && !e.finite.Has(w):
			return w
		}
		return base
	}
	n := len(w)
	switch tag {
	case "VBD", "VBN":
		return past(w)
	case "VBZ":
		if n > 2 && w[n-1] == 's' {
			return plural(w)
		}
	case "VBG":
		if n > 4 && (strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "in'")) {
			return base(w[:n-3])
		}
	}
	return w
}

// past is the dictionary form of a verb in the past tense or a past participle.
func past(w string) string {
	// Of verbs with a prefix the second half is irregular: "overtook", "underwent", "withheld".
	for _, p := range [...]string{"over", "under", "out", "mis", "re", "up", "fore", "with", "un", "inter"} {
		if rest, ok := strings.CutPrefix(w, p); ok && len(rest) > 2 {
			if base, ok := exceptions().verbs.Find(rest); ok {
				return p + base
			}
		}
	}
	stem, ok := strings.CutSuffix(w, "ed")
	if !ok || len(stem) < 2 || syllables(stem) == 0 {
		return w
	}
	switch stem[len(stem)-1] {
	case 'i':
		if len(stem) == 2 {
			return stem + "e" // died, tied
		}
		return stem[:len(stem)-1] + "y"
	case 'e':
		return stem + "e" // agreed
	}
	return base(stem)
}

func noun(w string) string {
	if base, ok := exceptions().nouns.Find(w); ok {
		return base
	}
	for _, end := range [...][2]string{{"women", "woman"}, {"men", "man"}, {"children", "child"}, {"wives", "wife"}, {"people", "people"}} {
		if strings.HasSuffix(w, end[0]) {
			return w[:len(w)-len(end[0])] + end[1]
		}
	}
	if strings.HasSuffix(w, "'s") {
		return w
	}
	return plural(w)
}

// plural takes the -s off nouns and verbs.
func plural(w string) string {
	n := len(w)
	if n < 3 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == '\'' || '0' <= w[n-2] && w[n-2] <= '9' {
		return w
	}
	switch w[n-2] {
	case 'e':
		return pluralInES(w)
	case 'u', 'i':
		if endsInS(w) {
			return w
		}
	}
	return w[:n-1]
}

// pluralInES takes -s or -es off a word that ends in "es".
func pluralInES(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "ies") && n > 4:
		if exceptions().ie.Has(w) {
			return w[:n-1]
		}
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "aches") && n < 7, strings.HasSuffix(w, "axes") && n < 5: // "aches", "axes"
		return w[:n-1]
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"),
		strings.HasSuffix(w, "zzes"):
		return w[:n-2]
	case strings.HasSuffix(w, "oes") && n > 4 && w != "shoes" && w != "canoes":
		return w[:n-2]
	}
	return w[:n-1]
}

// endsInS says whether the -s of a word in "us" or "is" is its own: "virus" and "crisis", but "menus", "skis" and "previous", which
// loses it as it would from a noun.
func endsInS(w string) bool {
	if exceptions().vowels.Has(w) {
		return false
	}
	n := len(w)
	if w[n-2] == 'u' {
		return !strings.HasSuffix(w, "ous")
	}
	return n > 3 && w[n-3] != 'i'
}

// base restores the end of a verb or adjective that lost it before -ed, -ing, -er or -est: a consonant was doubled, an e
// dropped, a y turned into i.
func base(stem string) string {
	n := len(stem)
	if n < 2 {
		return stem
	}
	if with, ok := exceptions().stems.Find(stem); ok {
		return with
	}
	a, z := stem[n-2], stem[n-1]
	switch {
	case z == 'i' && n > 2:
		return stem[:n-1] + "y"
	case a == z && !vowel(z):
		return undoubled(stem)
	}
	for _, e := range exceptions().endings {
		if strings.HasSuffix(stem, e.end) {
			if e.dropped {
				return stem + "e"
			}
			return stem
		}
	}
	if vowel(a) && !vowel(z) && wouldDouble(stem) {
		return stem + "e"
	}
	return stem
}

// undoubled is a stem that ends in a consonant twice: once, where the ending doubled it.
func undoubled(stem string) string {
	n := len(stem)
	switch stem[n-1] {
	case 's', 'f', 'z':
		return stem
	case 'l': // "called", "filled", "killed" against "controlled", "cancelled": one syllable keeps both
		if syllables(stem) <= 1 {
			return stem
		}
	}
	return stem[:n-1]
}

// wouldDouble says whether the consonant at the end of a stem, which one vowel precedes, would have been doubled if the word ended in it,
// as in words of one syllable: "hoped" is of "hope".
func wouldDouble(stem string) bool {
	n := len(stem)
	if n == 2 {
		return true
	}
	if z := stem[n-1]; z == 'w' || z == 'x' || z == 'y' {
		return false
	}
	return (!vowel(stem[n-3]) || n > 3 && stem[n-4] == 'q') && syllables(stem) == 1
}

type ending struct {
	end     string
	dropped bool
}

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// syllables counts groups of vowels.
func syllables(s string) int {
	n, in := 0, false
	for i := range len(s) {
		v := vowel(s[i]) || s[i] == 'y' && i > 0
		if v && i > 0 && s[i] == 'u' && s[i-1] == 'q' {
			v = false
		}
		if v && !in {
			n++
		}
		in = v
	}
	return n
}

// irregular is what the lexicon has on words that do not follow the rules, and the endings of those that do.
type irregular struct {
	verbs, nouns, degrees, pronouns, stems *lexicon.Table[string]
	finite, ie, vowels                     *lexicon.Set
	endings                                []ending // in their order
}

// exceptions takes them out of the lexicon once.
var exceptions = sync.OnceValue(func() *irregular {
	inflection := en.Lexicon.Subject("inflection")
	e := &irregular{
		verbs: inflection.Values("verb"), nouns: inflection.Values("noun"), degrees: inflection.Values("degree"),
		pronouns: inflection.Values("pronoun"), stems: inflection.Values("stem"), finite: inflection.Set("finite"), ie: inflection.Set("ie"), vowels: inflection.Set("vowel"),
	}
	for r := range en.Lexicon.Subject("ending").Rows("dropped", "kept") {
		for _, end := range r.Entries {
			e.endings = append(e.endings, ending{end, r.Class == "dropped"})
		}
	}
	return e
})

// A lemmaCache keeps the lemmas of the words seen last, so that most words cost no memory. The word itself is compared: what a
// cache holds never changes a result.
type lemmaCache struct {
	slots []cachedLemma
}

type cachedLemma struct {
	word, tag, lemma string
}

func (c *lemmaCache) of(s string, w *word, tag string) string {
	if c.slots == nil {
		c.slots = make([]cachedLemma, 1<<12)
	}
	slot := &c.slots[(w.form^w.form>>12^uint32(w.tag)*0x9E37)&(1<<12-1)]
	if slot.word != s || slot.tag != tag {
		s = strings.Clone(s) // the article's text must not be kept
		*slot = cachedLemma{s, tag, lemma(s, tag)}
	}
	return slot.lemma
}
