package link

import "strings"

// mainVerb is the index of the word with which the predicate of a subject begins, by the words behind the subject: its first finite
// verb, or the next where the first belongs to what narrows the subject down. It is their number where there is no predicate.
func mainVerb(d *doc, words []word) int {
	if len(words) == 0 {
		return 0
	}
	low := func(i int) string {
		if i >= len(words) {
			return ""
		}
		return strings.ToLower(strings.ReplaceAll(d.text[words[i].start:words[i].end], "’", "'"))
	}
	past := func(w string) bool { return pasts[w] || len(w) > 4 && strings.HasSuffix(w, "ed") }
	relative := relatives[low(0)] || words[0].is(capital)
	narrowed := relative || prepositions[low(0)] || past(low(0)) && prepositions[low(1)]
	if !narrowed {
		return 0
	}
	first := -1
	for i := 0; i < len(words); i++ {
		if i > 0 && strings.ContainsAny(d.text[words[i-1].end:words[i].start], ",;:”\"\n") {
			break
		}
		w := low(i)
		if i > 0 && (subordinates[w] || relatives[w] && !relative || w == "and" || w == "but") {
			break
		}
		if !auxiliaries[w] && !past(w) && !strings.Contains(w, "'ve") {
			continue
		}
		if first >= 0 || prepositions[low(0)] {
			return i
		}
		first = i
		for i+1 < len(words) && (auxiliaries[w] || strings.Contains(w, "'ve")) { // its participle
			if next := low(i + 1); next != "not" && next != "been" && next != "also" && !past(next) && !strings.HasSuffix(next, "en") && !strings.HasSuffix(next, "ing") {
				break
			}
			i++
		}
	}
	switch {
	case first < 0, relative && (first < 2 || first == 2 && (relatives[low(1)] || words[1].is(capital))):
		return len(words)
	}
	return first
}

var (
	reports = wordSet("said says say told tells according reported reports announced added wrote noted")
	// grades tell how badly: those badly hurt are another question than those hurt.
	grades = wordSet("seriously serious critically critical severely severe gravely grave badly slightly slight lightly minor")
	// totals tell that all places are counted together.
	totals = wordSet("whole entire total altogether overall nationwide countrywide combined")
	// calendar are names that say when.
	calendar = wordSet("monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december")
	// turns are words that turn what follows into what a share is not of.
	turns = wordSet("not no never none nor neither rather instead without nothing nobody")
	// subordinates begin what is no longer said of the share itself.
	subordinates = wordSet("before after when because until though although since if unless whereas according said says told which who")
	// auxiliaries begin a finite verb.
	auxiliaries = wordSet("is are was were has have had do does did will would can could may might must should isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't")
	// pasts are finite verbs that no ending tells.
	pasts = wordSet("saw hit went fell came took made gave found left held struck put cut set shot fought flew sent won lost kept began ran rose bore hurt")
	// relatives and pronouns begin what narrows a subject down; prepositions do as well.
	relatives    = wordSet("that which who whom we they i he she it you we've they've i've you've we'd they'd we're they're")
	prepositions = wordSet("in inside at near off across on from by since during so around outside within between over under along through")
)
