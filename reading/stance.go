package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// A phrase is an entry of the lexicon's stances: its words, and the class and value of its row.
type phrase struct {
	words         []string
	stance, value string
}

// A sign is where a phrase of the lexicon stands in the text. The zero sign is none.
type sign struct {
	phrase
	text.Range
}

// stance is the speaker's stance to the content: that of the longest entry of the lexicon that begins in the cue or at the negation
// before it, as a negation without an entry of its own turns it; then what the content is may make another act of it.
func (x index) stance(l *english.Layer, s *draft) string {
	best, no := x.sign(l, s)
	stance := best.stance
	if no >= 0 && (best.words == nil || best.First != no) { // no entry has the negation in it
		stance = x.turned(l, best, no)
	}
	switch stance {
	case onrecord.Denies:
		if best.stance == onrecord.Denies && !x.deniable(l, s, best) {
			return onrecord.Asserts
		}
	case onrecord.Declines:
		if best.stance != onrecord.Declines {
			break
		}
		if at := best.First; (lex.refuse.Has(l.Lemmas[at]) || lex.balk.Has(l.Lemmas[at])) && !x.answers(l, s, at) {
			return onrecord.Believes
		} else if x.anyWord(at+1, at+3, "offer", "offered") && !x.informs(l, at+1, at+8) { // "did not offer a chair"
			return onrecord.Asserts
		}
	case "":
		switch {
		case x.untrue(l, s):
			return onrecord.Denies
		case x.mum(s):
			return onrecord.Declines
		}
		return onrecord.Asserts
	}
	return stance
}

// sign is the entry of the lexicon by which a statement has its stance, and the token that negates its cue, or -1.
func (x index) sign(l *english.Layer, s *draft) (best sign, no int) {
	no = -1
	try := func(i int) {
		if e := x.phrase(l, i); len(e.words) > len(best.words) {
			best = e
		}
	}
	for _, cue := range s.Cue {
		r := x.d.TokensIn(cue)
		for i := r.First; i < r.End && best.stance != onrecord.Denies && best.stance != onrecord.Declines; i++ { // "rejects calls for"
			try(i)
		}
		if i := x.negation(l, r); i >= 0 && (best.stance == "" || best.First >= i) {
			try(i)
			no = i
		}
	}
	return best, no
}

// turned is the stance of a cue with a negation before it, which no entry of the lexicon has. What it turns is the word behind it.
func (x index) turned(l *english.Layer, e sign, no int) string {
	for i := no + 1; i < e.First; i++ {
		if !x.between(l, i) { // "did not respond to questions"
			return onrecord.Declines
		}
	}
	switch e.stance {
	case onrecord.Denies:
		if x.noncommittal(no) { // "neither confirmed nor denied"
			return onrecord.Declines
		}
		return onrecord.Asserts
	case onrecord.Declines:
		return onrecord.Asserts
	case onrecord.Believes:
		return onrecord.Believes
	}
	return onrecord.Declines
}

// phrase is the longest entry of the lexicon's stances that begins at token i.
func (x index) phrase(l *english.Layer, i int) (best sign) {
	for _, first := range x.forms(i) {
		for _, p := range lex.stances[first] {
			if len(p.words) <= len(best.words) || p.value == ofClaim && !x.acts(l, i) { // "his questions"
				continue
			}
			if end := x.follows(l, i+1, p.words); end >= 0 {
				best = sign{p, text.Range{First: i, End: end}}
			}
		}
	}
	return best
}

// acts says whether token i is a verb, or a headline's, which the tagger may take for a noun: "Holm questions the count".
func (x index) acts(l *english.Layer, i int) bool {
	return strings.HasPrefix(l.Tags[i], "V") || i+1 < len(l.Tags) && (l.Tags[i+1] == "DT" || l.Tags[i+1] == "PRP$")
}

// forms are what the word of token i may go back to; of "no longer", "not" too.
func (x index) forms(i int) []string {
	forms := lemmas(x.word(i))
	if strings.EqualFold(x.word(i), "no") && strings.EqualFold(x.word(i+1), "longer") {
		forms = append(forms, "not")
	}
	return forms
}

// follows is the token behind the words of a phrase but its first, from token i on, or -1 where they do not stand there. Between
// them adverbs, adjectives, auxiliaries, a pronoun or a day may stand.
func (x index) follows(l *english.Layer, i int, words []string) int {
	const most = 3 // tokens between two words
	for _, w := range words[1:] {
		for skipped := 0; ; i, skipped = i+1, skipped+1 {
			if i >= len(l.Lemmas) || x.d.Tokens[i].Shape >= text.Open {
				return -1
			}
			if slices.Contains(lemmas(x.d.Word(i)), w) || l.Lemmas[i] == w {
				break
			}
			if skipped == most || !x.between(l, i) {
				return -1
			}
		}
		i++
	}
	return i
}

// between says whether token i may stand between the words of a phrase.
func (x index) between(l *english.Layer, i int) bool {
	switch tag := l.Tags[i]; {
	case strings.HasPrefix(tag, "RB"), strings.HasPrefix(tag, "JJ"), strings.HasPrefix(tag, "PRP"), tag == "MD",
		lex.auxiliary.Has(l.Lemmas[i]), lex.pointer.Has(strings.ToLower(x.d.Word(i))), isDay(x.d.Word(i)):
		return true
	case tag == "IN":
		return isDay(x.word(i + 1))
	}
	return false
}

// mum says whether what is said is no more than "No comment".
func (x index) mum(s *draft) bool {
	const longest = 6
	if len(s.Content) != 1 {
		return false
	}
	r := x.d.TokensIn(s.Content[0])
	if r.First < r.End && x.d.Tokens[r.First].Shape == text.Open {
		r.First++
	}
	return r.End-r.First <= longest && (x.stands(r.First, "no", "comment") || x.stands(r.First, "we", "have", "no", "comment") || x.stands(r.First, "i", "have", "no", "comment"))
}

// word is the word of token i, empty beyond the text.
func (x index) word(i int) string {
	if i < 0 || i >= len(x.d.Tokens) {
		return ""
	}
	return x.d.Word(i)
}

// noncommittal says whether the negation at token i is of both sides: "neither confirmed nor denied".
func (x index) noncommittal(i int) bool {
	const farthest = 4
	for j := max(0, i-farthest); j < min(len(x.d.Tokens), i+farthest); j++ {
		if slices.Contains(lemmas(x.d.Word(j)), "confirm") {
			return true
		}
	}
	return false
}

// stands says whether the words stand from token i on.
func (x index) stands(i int, words ...string) bool {
	if i+len(words) > len(x.d.Tokens) {
		return false
	}
	for j, w := range words {
		if !strings.EqualFold(x.d.Word(i+j), w) {
			return false
		}
	}
	return true
}

// negation is the token that negates the cue at r, or -1: in it, where it does not stand behind the verb as in "claimed without proof",
// or before it with no more than auxiliaries, adverbs and a pronoun between.
func (x index) negation(l *english.Layer, r text.Range) int {
	const farthest = 4 // tokens before the cue
	for i := r.First - 1; i >= max(0, r.First-farthest) && x.d.Tokens[i].Shape < text.Open; i-- {
		if w := strings.ToLower(x.d.Word(i)); lex.not.Has(w) || lex.none.Has(w) {
			return i
		}
		if tag := l.Tags[i]; i < r.First-1 && tag != "MD" && tag != "PRP" && !strings.HasPrefix(tag, "RB") && !lex.auxiliary.Has(l.Lemmas[i]) {
			break
		}
	}
	for i := r.First; i < r.End; i++ {
		if w := strings.ToLower(x.d.Word(i)); lex.none.Has(w) || lex.not.Has(w) && (w != "without" || l.Tags[min(i+1, len(l.Tags)-1)] == "VBG") {
			return i
		}
	}
	return -1
}

// lemmas are the forms that an inflected word may go back to, in lower case, the word itself first. Negations go back to "not".
func lemmas(word string) []string {
	w := strings.ToLower(word)
	out := []string{w}
	if lex.not.Has(w) && w != "no" {
		return append(out, "not")
	}
	if l, ok := lex.irregular.Find(w); ok {
		return append(out, l)
	}
	cut := func(suffix string, ends ...string) {
		stem, ok := strings.CutSuffix(w, suffix)
		if !ok || len(stem) < 2 {
			return
		}
		for _, e := range ends {
			out = append(out, stem+e)
		}
		if n := len(stem); len(suffix) > 1 && stem[n-1] == stem[n-2] { // "planned", "begging"
			out = append(out, stem[:n-1])
		}
	}
	cut("ies", "y")
	cut("ied", "y")
	cut("es", "", "e")
	cut("s", "")
	cut("ed", "", "e")
	cut("ing", "", "e")
	return out
}
