package sayings

import (
	"strings"

	"github.com/onrecord/onrecord/link/corpus"
)

// A clause is words of a document, as the finding of its predicate looks at them.
type clause struct {
	*corpus.Doc
	words []corpus.Word
}

// at is a word in lower case, "" behind the end.
func (c clause) at(i int) string {
	if i >= len(c.words) {
		return ""
	}
	return strings.ReplaceAll(c.Lower(c.words[i]), "’", "'")
}

// Finite says whether a word is a finite verb that a table knows.
func Finite(w string) bool { return english.auxiliaries.Has(w) || english.pasts.Has(w) }

// Relative says whether a word begins a clause that narrows down what stands before it.
func Relative(w string) bool { return english.relatives.Has(w) }

// past says whether a word may be a finite verb of the past, or a participle.
func past(w string) bool { return english.pasts.Has(w) || len(w) > 4 && strings.HasSuffix(w, "ed") }

// auxiliary says whether a word begins a finite verb: "have", "they've".
func auxiliary(w string) bool { return english.auxiliaries.Has(w) || strings.Contains(w, "'ve") }

// participle says whether a word may stand between an auxiliary and its end: "has not been carried".
func participle(w string) bool {
	return w == "not" || w == "been" || w == "also" || past(w) || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "ing")
}

// subject says whether a word begins a relative clause, or is a name or pronoun that is the subject of one.
func (c clause) subject(i int) bool {
	return english.relatives.Has(c.at(i)) || c.words[i].Is(corpus.Capital)
}

// ends says whether the clause ends before word i. Relative says that it is a relative clause itself.
func (c clause) ends(i int, relative bool) bool {
	if i == 0 {
		return false
	}
	w := c.at(i)
	return strings.ContainsAny(c.Text[c.words[i-1].End:c.words[i].Start], ",;:”\"\n") ||
		english.subordinates.Has(w) || english.relatives.Has(w) && !relative || w == "and" || w == "but"
}

// MainVerb is the index of the word with which the predicate of a subject begins, by the words behind the subject: its first finite
// verb, or the next where the first belongs to what narrows the subject down. It is their number where there is no predicate.
func MainVerb(d *corpus.Doc, words []corpus.Word) int {
	if len(words) == 0 {
		return 0
	}
	c := clause{d, words}
	relative, place := c.subject(0), english.prepositions.Has(c.at(0))
	if !relative && !place && !(past(c.at(0)) && english.prepositions.Has(c.at(1))) {
		return 0 // nothing narrows the subject down
	}
	first := -1
	for i := 0; i < len(words) && !c.ends(i, relative); i++ {
		w := c.at(i)
		if !auxiliary(w) && !past(w) {
			continue
		}
		if first >= 0 || place {
			return i
		}
		first = i
		for auxiliary(w) && participle(c.at(i+1)) {
			i++
		}
	}
	if first < 0 || relative && (first < 2 || first == 2 && c.subject(1)) {
		return len(words)
	}
	return first
}
