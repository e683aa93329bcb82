package reading

import (
	_ "embed"
	"strings"

	"onrecord"
	"onrecord/text"
)

//go:embed stance.tsv
var stanceTable string

// stances maps the words of a cue to a stance.
var stances = readStances(stanceTable)

// longestEntry is the most words of an entry of stance.tsv.
const longestEntry = 4

func readStances(table string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(table) {
		stance, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.SplitSeq(words, ",") {
			m[strings.TrimSpace(w)] = stance
		}
	}
	return m
}

// stance is the speaker's stance to the content: that of the longest entry of stance.tsv that begins in the cue or at the
// negation before it. A negation turns a denial, a promise and an accusation into an assertion ("did not deny").
func (x index) stance(s *onrecord.Statement) string {
	best, length := "", 0
	try := func(i int) {
		for n := longestEntry; n > length; n-- {
			if stance := x.entry(i, n); stance != "" {
				best, length = stance, n
			}
		}
	}
	for _, cue := range s.Cue {
		r := x.d.TokensIn(cue)
		for i := r.First; i < r.End; i++ {
			try(i)
		}
		if at := x.negation(r); at >= 0 {
			try(at)
			if length == 1 && (best == onrecord.Denies || best == onrecord.Promises || best == onrecord.Accuses) {
				best = onrecord.Asserts
			}
		}
	}
	if best == "" && len(s.Content) > 0 {
		if i := x.d.TokenAt(s.Content[0].Start); x.stands(i, "there", "is", "no", "truth") || x.stands(i, "there", "was", "no", "truth") {
			return onrecord.Denies
		}
	}
	if best == "" {
		return onrecord.Asserts
	}
	return best
}

// entry is the stance that stances gives for the n words from token i on, or "". Only the first of them is inflected.
func (x index) entry(i, n int) string {
	if i+n > len(x.d.Tokens) {
		return ""
	}
	var rest strings.Builder
	for j := i + 1; j < i+n; j++ {
		rest.WriteByte(' ')
		rest.WriteString(strings.ToLower(x.d.Word(j)))
	}
	for _, l := range lemmas(x.d.Word(i)) {
		if stance, ok := stances[l+rest.String()]; ok {
			return stance
		}
	}
	return ""
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

var negative = map[string]bool{"not": true, "n't": true, "n’t": true, "never": true, "no": true, "neither": true, "nor": true, "without": true}

// negation is the token that negates the cue at r, in it or up to two words before it, or -1.
func (x index) negation(r text.Range) int {
	at := -1
	for i := max(0, r.First-2); i < r.End; i++ {
		switch {
		case negative[strings.ToLower(x.d.Word(i))]:
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
	if negative[w] && w != "no" {
		return append(out, "not")
	}
	if l, ok := irregular[w]; ok {
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

var irregular = map[string]string{
	"thought": "think", "felt": "feel", "knew": "know", "known": "know", "swore": "swear", "sworn": "swear", "understood": "understand",
	"undertook": "undertake", "undertaken": "undertake", "besought": "beseech", "foresaw": "foresee", "foreseen": "foresee",
	"gainsaid": "gainsay", "dreamt": "dream", "pled": "plead",
}
