package sayings

import (
	"strings"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
)

// MainVerb is the index of the word with which the predicate of a subject begins, by the words behind the subject: its first finite
// verb, or the next where the first belongs to what narrows the subject down. It is their number where there is no predicate.
func MainVerb(d *corpus.Doc, words []corpus.Word) int {
	if len(words) == 0 {
		return 0
	}
	low := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return strings.ToLower(strings.ReplaceAll(d.Text[words[i].Start:words[i].End], "’", "'"))
	}
	past := func(w string) bool { return Pasts[w] || len(w) > 4 && strings.HasSuffix(w, "ed") }
	relative := Relatives[low(0)] || words[0].Is(corpus.Capital)
	narrowed := relative || prepositions[low(0)] || past(low(0)) && prepositions[low(1)]
	if !narrowed {
		return 0
	}
	first := -1
	for i := 0; i < len(words); i++ {
		if i > 0 && strings.ContainsAny(d.Text[words[i-1].End:words[i].Start], ",;:”\"\n") {
			break
		}
		w := low(i)
		if i > 0 && (Subordinates[w] || Relatives[w] && !relative || w == "and" || w == "but") {
			break
		}
		if !Auxiliaries[w] && !past(w) && !strings.Contains(w, "'ve") {
			continue
		}
		if first >= 0 || prepositions[low(0)] {
			return i
		}
		first = i
		for i+1 < len(words) && (Auxiliaries[w] || strings.Contains(w, "'ve")) { // its participle
			if next := low(i + 1); next != "not" && next != "been" && next != "also" && !past(next) && !strings.HasSuffix(next, "en") && !strings.HasSuffix(next, "ing") {
				break
			}
			i++
		}
	}
	switch {
	case first < 0, relative && (first < 2 || first == 2 && (Relatives[low(1)] || words[1].Is(corpus.Capital))):
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
