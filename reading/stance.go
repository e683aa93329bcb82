package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// longestEntry is the most words of an entry of the lexicon's stances.
const longestEntry = 4

// stance is the speaker's stance to the content: that of the longest entry of the lexicon that begins in the cue or at the
// negation before it. A negation turns a denial, a promise and an accusation into an assertion ("did not deny"), and one of both
// sides into no answer ("neither confirmed nor denied"). What is denied must be something that can be said, and what is refused
// must be an answer; who refuses to do something has that intention. A statement that something said is not true denies it.
func (x index) stance(l *english.Layer, s *draft) string {
	best, length, at := "", 0, -1
	try := func(i int) {
		for n := longestEntry; n > length; n-- {
			if stance := x.entry(i, n); stance != "" {
				best, length, at = stance, n, i
			}
		}
	}
	for _, cue := range s.Cue {
		r := x.d.TokensIn(cue)
		for i := r.First; i < r.End && best != onrecord.Denies && best != onrecord.Declines; i++ { // "rejects calls for"
			try(i)
		}
		if no := x.negation(r); no >= 0 {
			try(no)
			if length == 1 && (best == onrecord.Denies || best == onrecord.Promises || best == onrecord.Accuses) {
				if best = onrecord.Asserts; x.noncommittal(no) {
					best = onrecord.Declines
				}
			}
		}
	}
	switch best {
	case onrecord.Denies:
		if !x.deniable(l, s, at) {
			return onrecord.Asserts
		}
	case onrecord.Declines:
		if lex.refuse.Has(l.Lemmas[at]) && !x.answers(l, s, at) {
			return onrecord.Believes
		}
		if x.anyWord(at+1, at+3, "offer", "offered") && !x.informs(l, at+1, at+8) { // "did not offer a chair"
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
	return best
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

// entry is the stance that the lexicon gives for n words from token i on, or "". Only the first of them is inflected, and the verb behind
// a negation, before which an adverb may stand: "has not yet responded".
func (x index) entry(i, n int) string {
	first := lemmas(x.d.Word(i))
	if n == 1 {
		return anyOf(first, "")
	}
	next := i + 1
	verb := []string{}
	if len(first) > 1 && first[1] == "not" {
		if w := strings.ToLower(x.word(next)); strings.HasSuffix(w, "ly") || w == "yet" || w == "even" {
			next++
		}
		verb = lemmas(x.word(next))
	}
	if next+n-1 > len(x.d.Tokens) {
		return ""
	}
	var rest strings.Builder
	for j := next; j < next+n-1; j++ {
		if j > next || len(verb) == 0 {
			rest.WriteByte(' ')
			rest.WriteString(strings.ToLower(x.d.Word(j)))
		}
	}
	for _, v := range verb {
		if stance := anyOf(first, " "+v+rest.String()); stance != "" {
			return stance
		}
	}
	if len(verb) > 0 {
		return ""
	}
	return anyOf(first, rest.String())
}

// anyOf is the stance of the first of the lemmas that has one with the words behind it, or "".
func anyOf(first []string, rest string) string {
	for _, l := range first {
		if stance, ok := lex.stance.Find(l + rest); ok {
			return stance
		}
	}
	return ""
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
	for j := i - 1; j >= max(0, i-farthest); j-- {
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

// negation is the token that negates the cue at r, in it or up to two words before it, or -1.
func (x index) negation(r text.Range) int {
	at := -1
	for i := max(0, r.First-2); i < r.End; i++ {
		switch {
		case lex.not.Has(strings.ToLower(x.d.Word(i))):
			at = i
		case i < r.First && x.d.Tokens[i].Shape >= text.Open: // another clause
			at = -1
		}
	}
	return at
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
