package disputes

import (
	"fmt"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/meaning"
)

// What two sentences must have in common to be compared by meaning, and what the comparison must say.
const (
	meantTelling  = 2    // telling words and names
	meantShare    = 0.3  // share of the words of the shorter
	meantSure     = 0.55 // how likely it is either way that the one contradicts the other
	meantDeciding = 0.85 // what one piece speaks for it, in natural logarithms of the odds
	meantCovered  = 0.5  // share of each that has a counterpart in the other
	meantMost     = 4    // sentences of one saying that are compared
)

// opposite is why what one saying says contradicts what another says, by what their sentences mean: a word and its opposite, a negation, who did
// it, and to whom; "" where nothing does. Other numbers are for measures to tell, and other words in their place are too often another event.
func (f *finder) opposite(a, b *sayings.Saying) string {
	if w := common(a, b, f.Words); w.telling == 0 || w.telling+w.names < meantTelling || w.part < meantShare {
		return ""
	}
	for _, x := range f.meanings(a) {
		for _, y := range f.meanings(b) {
			if why := f.contradicts(x, y, a, b); why != "" {
				return why
			}
		}
	}
	return ""
}

func (f *finder) contradicts(x, y meaning.Sentence, a, b *sayings.Saying) string {
	if !x.Claims() || !y.Claims() {
		return ""
	}
	one, other := meaning.Compare(x.Passage, y.Passage), meaning.Compare(y.Passage, x.Passage)
	if min(one.Contradicts, other.Contradicts) < meantSure || min(one.Covered, other.Covered) < meantCovered || len(one.Pieces) == 0 || len(other.Pieces) == 0 {
		return ""
	}
	p := one.Pieces[0]
	if min(p.Weight, other.Pieces[0].Weight) < meantDeciding {
		return ""
	}
	switch p.Kind {
	case meaning.Opposite, meaning.Negated:
		if !p.OneSubject {
			return ""
		}
	case meaning.Role:
	case meaning.Actor:
		if changed(one.Pieces) > 1 {
			return "" // another event
		}
	default:
		return ""
	}
	words := func(s *sayings.Saying, from int, at onrecord.Span) string {
		return onrecord.Span{Start: from + at.Start, End: from + at.End}.Of(f.Docs[s.Doc].Text)
	}
	return fmt.Sprintf("%q against %q", words(b, y.From, p.Claim), words(a, x.From, p.Record))
}

// changed is how many pieces are not only left out.
func changed(pieces []meaning.Piece) (n int) {
	for _, p := range pieces {
		if p.Kind != meaning.LeftOut {
			n++
		}
	}
	return n
}

// meanings are the sentences of a saying, read once.
func (f *finder) meanings(s *sayings.Saying) []meaning.Sentence {
	list, ok := f.sentences[s.ID]
	if !ok {
		list = meaning.Said(f.Docs[s.Doc].Text, s.Content)
		list = list[:min(len(list), meantMost)]
		f.sentences[s.ID] = list
	}
	return list
}
