package sayings

import (
	"strings"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
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

// past says whether a word may be a finite verb of the past, or a participle.
func past(w string) bool { return Pasts[w] || len(w) > 4 && strings.HasSuffix(w, "ed") }

// auxiliary says whether a word begins a finite verb: "have", "they've".
func auxiliary(w string) bool { return Auxiliaries[w] || strings.Contains(w, "'ve") }

// participle says whether a word may stand between an auxiliary and its end: "has not been carried".
func participle(w string) bool {
	return w == "not" || w == "been" || w == "also" || past(w) || strings.HasSuffix(w, "en") || strings.HasSuffix(w, "ing")
}

// subject says whether a word begins a relative clause, or is a name or pronoun that is the subject of one.
func (c clause) subject(i int) bool { return Relatives[c.at(i)] || c.words[i].Is(corpus.Capital) }

// ends says whether the clause ends before word i. Relative says that it is a relative clause itself.
func (c clause) ends(i int, relative bool) bool {
	if i == 0 {
		return false
	}
	w := c.at(i)
	return strings.ContainsAny(c.Text[c.words[i-1].End:c.words[i].Start], ",;:”\"\n") ||
		Subordinates[w] || Relatives[w] && !relative || w == "and" || w == "but"
}

// MainVerb is the index of the word with which the predicate of a subject begins, by the words behind the subject: its first finite
// verb, or the next where the first belongs to what narrows the subject down. It is their number where there is no predicate.
func MainVerb(d *corpus.Doc, words []corpus.Word) int {
	if len(words) == 0 {
		return 0
	}
	c := clause{d, words}
	relative, place := c.subject(0), prepositions[c.at(0)]
	if !relative && !place && !(past(c.at(0)) && prepositions[c.at(1)]) {
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

var (
	Reports = set.Of("said says say told tells according reported reports announced added wrote noted")
	// Grades tell how badly: those badly hurt are another question than those hurt.
	Grades = set.Of("seriously serious critically critical severely severe gravely grave badly slightly slight lightly minor")
	// Totals tell that all places are counted together.
	Totals = set.Of("whole entire total altogether overall nationwide countrywide combined")
	// Calendar are names that say when.
	Calendar = set.Of("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december")
	// Turns are words that turn what follows into what a share is not of.
	Turns = set.Of("not no never none nor neither rather instead without nothing nobody")
	// Subordinates begin what is no longer said of the share itself.
	Subordinates = set.Of("before after when because until though although since if unless whereas according said says told which who")
	// Auxiliaries begin a finite verb.
	Auxiliaries = set.Of("is are was were has have had do does did will would can could may might must should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't")
	// Pasts are finite verbs that no ending tells.
	Pasts = set.Of("saw hit went fell came took made gave found left held struck put cut set shot fought flew sent won lost kept began ran rose bore hurt")
	// Relatives and pronouns begin what narrows a subject down; prepositions do as well.
	Relatives    = set.Of("that which who whom we they i he she it you we've they've i've you've we'd they'd we're they're")
	prepositions = set.Of("in inside at near off across on from by since during so around outside within between over under along through")
)
