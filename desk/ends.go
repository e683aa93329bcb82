package desk

import (
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

const (
	endsShare  = 0.6 // share of a short quotation that its two ends in the record make up
	endsWords  = 3   // and how many words at least
	endsOurs   = 60  // words of a quotation, at most
	endsTheirs = 400 // words of the record's statement looked through
)

// ends compares a quotation too short for link, which weighs words, with what the same speaker says in the record: where its first
// and its last words stand there, the words between are what was changed.
func (d *desk) ends(c *claim, p *paper, s *ledger.StatementRow) (Change, bool) {
	ours, theirs := d.draft.within(c.parts), p.within(s.Content)
	n := len(ours)
	if len(c.parts) != 1 || n < endsWords || n > endsOurs || len(theirs) > endsTheirs {
		return Change{}, false
	}
	head, headAt := longest(len(theirs), func(i int) (k int) { // words that ours begins with
		for k < n && i+k < len(theirs) && ours[k].folded == theirs[i+k].folded {
			k++
		}
		return k
	})
	tail, tailAt := longest(len(theirs), func(i int) (k int) { // words that it ends with
		for k < n && i-k >= 0 && ours[n-1-k].folded == theirs[i-k].folded {
			k++
		}
		return k
	})
	tailAt++
	tail = min(tail, n-head)
	if head+tail < endsWords || float64(head+tail) < endsShare*float64(n) {
		return Change{}, false
	}
	between := n - head - tail
	from, to := headAt+head, tailAt-tail
	switch {
	case head == 0:
		from = max(0, to-between)
	case tail == 0:
		to = min(len(theirs), from+between)
	case from > to || to-from > n:
		return Change{}, false
	}
	ch := Change{onrecord.DriftWording, p.text(theirs[from:to]), d.draft.text(ours[head : n-tail])}
	turned := func(words []word) bool {
		return slices.ContainsFunc(words, func(w word) bool { return lex.negations.Has(w.folded) })
	}
	if turned(theirs[from:to]) != turned(ours[head:n-tail]) {
		ch.Kind = onrecord.DriftNegation
	}
	return ch, ch.Record != "" || ch.Draft != ""
}

// longest is the longest of the runs that begin at n places, and the first place where one so long begins.
func longest(n int, run func(i int) int) (most, at int) {
	for i := range n {
		if k := run(i); k > most {
			most, at = k, i
		}
	}
	return most, at
}

// text is the text from the first to the last of words.
func (p *paper) text(words []word) string {
	if len(words) == 0 {
		return ""
	}
	return p.doc.Text[words[0].Start:words[len(words)-1].End]
}
