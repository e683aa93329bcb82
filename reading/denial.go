package reading

import (
	"slices"
	"strings"

	"onrecord"
)

// pointing are the words that make the content of a denial point back: "denies this", "which it denies".
var pointing = map[string]bool{"this": true, "that": true, "it": true, "which": true, "these": true, "those": true, "them": true, "so": true}

// charges are the nouns for something said: "rejected the charge".
var charges = map[string]bool{
	"charge": true, "accusation": true, "allegation": true, "claim": true, "assertion": true, "report": true, "statement": true,
	"suggestion": true, "account": true, "criticism": true, "finding": true, "rumor": true, "rumour": true, "remark": true,
	"wrongdoing": true, "involvement": true, "version": true, "responsibility": true, "blame": true, "notion": true,
}

const (
	farthestDenied = 10 // statements that a denial looks back over
	longestPointer = 5  // words of a content that only points back
)

// denials is, for each statement that denies, the index of the statement that it denies, or -1: the nearest before it by
// somebody else, in its paragraph or the one before when its content only points back, and with words in common when it says
// itself what is denied.
func (x index) denials(statements []onrecord.Statement, parents, of []int) []int {
	order := make([]int, len(statements)) // in the order of their cues: a source may stand behind
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return place(&statements[i]) - place(&statements[j]) })
	denied := make([]int, len(statements))
	for n, i := range order {
		denied[i] = -1
		s := &statements[i]
		if s.Stance != onrecord.Denies {
			continue
		}
		words := x.contentWords(s.Content)
		points := x.points(s)
		paragraph := x.d.ParagraphAt(x.d.TokenAt(place(s)))
		for m := n - 1; m >= max(0, n-farthestDenied); m-- {
			j := order[m]
			t := &statements[j]
			gap := paragraph - x.d.ParagraphAt(x.d.TokenAt(place(t)))
			if gap > 1 && points || gap > 4 {
				break
			}
			if len(t.Content) == 0 || parents[i] == j || parents[j] == i || x.sameSpeaker(statements, of, i, j) ||
				t.Stance == onrecord.Denies || t.Stance == onrecord.Declines {
				continue
			}
			if points || shared(words, x.contentWords(t.Content)) >= max(2, (len(words)+1)/2) {
				denied[i] = j
				break
			}
		}
	}
	return denied
}

// place is where a statement is made: its cue, else its content.
func place(s *onrecord.Statement) int {
	switch {
	case len(s.Cue) > 0:
		return s.Cue[0].Start
	case len(s.Content) > 0:
		return s.Content[0].Start
	}
	return 0
}

// points says whether the content of s only points back to something said.
func (x index) points(s *onrecord.Statement) bool {
	n, charge := 0, false
	for _, c := range s.Content {
		r := x.d.TokensIn(c)
		for i := r.First; i < r.End; i++ {
			for _, l := range lemmas(x.d.Word(i)) {
				charge = charge || charges[l]
			}
		}
		n += r.End - r.First
	}
	if n == 0 {
		return true
	}
	first := strings.ToLower(x.d.Word(x.d.TokensIn(s.Content[0]).First))
	return n <= longestPointer && (charge || pointing[first] && n <= 2)
}

func (x index) sameSpeaker(statements []onrecord.Statement, of []int, i, j int) bool {
	if of[i] >= 0 && of[j] >= 0 {
		return of[i] == of[j]
	}
	return x.words(statements[i].Source) == x.words(statements[j].Source)
}

// words is the words that the spans cover, in lower case.
func (x index) words(spans []onrecord.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(strings.ToLower(s.Of(x.d.Text)))
		b.WriteByte(' ')
	}
	return b.String()
}

// contentWords are the first letters of the longer words of the spans, which inflection leaves alone.
func (x index) contentWords(spans []onrecord.Span) map[string]bool {
	const stem = 6
	words := map[string]bool{}
	for _, s := range spans {
		r := x.d.TokensIn(s)
		for i := r.First; i < min(r.End, r.First+60); i++ {
			if w := []rune(strings.ToLower(x.d.Word(i))); len(w) > 3 {
				words[string(w[:min(len(w), stem)])] = true
			}
		}
	}
	return words
}

func shared(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}
