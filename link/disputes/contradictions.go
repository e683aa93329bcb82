package disputes

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
)

const (
	contradictShare  = 0.66 // share, by weight, of the words of the shorter of two sentences that the other has
	contradictLonger = 0.34 // and of the longer one's
	contradictWeight = 4.5  // of the words in common
	contradictTells  = 2.5  // what one of them weighs at least
	contradictOther  = 1.0  // and another
	negatedReach     = 6    // words behind a negation in which what it negates stands
	pieceLimit       = 6    // sentences of one statement that are looked at
)

// A piece is a sentence that somebody said, by what its words mean: the stems of its words with their weights, names and numbers among
// them, negations apart.
type piece struct {
	words   map[string]float64
	weight  float64
	all     map[string]bool // all its words that are no function words
	odd     bool            // has an odd number of negations
	open    bool            // says what may be, not what is: "if", "whether"
	negated []string        // the words right behind its negations; none where it is negative twice
}

// contradictions finds what one speaker says and another of the story says not: two sentences with the same words, one of them negated.
func (f *finder) contradictions() {
	for _, own := range f.stories() {
		pieces := make([][]piece, len(own))
		for i, a := range own {
			pieces[i] = f.pieces(a)
			for j := max(0, i-disputeStatement/2); j < i; j++ {
				b := own[j]
				if f.oneUtterance(a.ID, b.ID) || a.Stance == onrecord.Asks || b.Stance == onrecord.Asks || !f.twoSpeakers(a, b) || !f.near(a, b) || a.Overlaps(b) {
					continue
				}
				if why := opposed(pieces[i], pieces[j]); why != "" {
					f.quarrel(onrecord.Contradiction, f.renditions(a.ID), f.renditions(b.ID), "two speakers use the same words, one of them with a negation: "+why, 0.5)
				} else if why := f.opposite(b, a); why != "" {
					f.quarrel(onrecord.Contradiction, f.renditions(a.ID), f.renditions(b.ID), "two speakers say opposite things: "+why, 0.5)
				}
			}
		}
	}
}

// twoSpeakers says whether two sayings are of two speakers, of two sides as far as is known: one who has no name may be another than a
// person whose words stand in the same article.
func (f *finder) twoSpeakers(a, b *sayings.Saying) bool {
	if a.Voice < 0 && b.Voice < 0 || f.Cast.OneSide(a.Voice, b.Voice) {
		return false
	}
	return f.Cast.Relation(a.Voice, b.Voice) == speakers.OtherSpeaker || a.Doc == b.Doc && a.Voice != b.Voice && len(a.Source) > 0 && len(b.Source) > 0
}

// pieces are the sentences of a saying.
func (f *finder) pieces(s *sayings.Saying) []piece {
	d := f.Docs[s.Doc]
	var out []piece
	first := 0
	for k := range s.Toks {
		last := k+1 == len(s.Toks)
		if !last && !sayings.Ends(d.Text, s.Toks[k], s.Toks[k+1]) {
			continue
		}
		end := int(s.Toks[k].End)
		if question := strings.HasPrefix(strings.TrimLeft(d.Text[end:], "”\"’'"), "?"); len(out) < pieceLimit && !question {
			out = append(out, f.pieceOf(s.Toks[first:k+1]))
		}
		first = k + 1
	}
	return out
}

func (f *finder) pieceOf(toks []sayings.Token) piece {
	p := piece{words: map[string]float64{}, all: map[string]bool{}}
	negations, reach := 0, 0
	for _, t := range toks {
		stem := f.Words.Entry(t.ID).Name
		if english.negations[stem] {
			negations++
			reach = negatedReach
			continue
		}
		reach--
		p.open = p.open || english.opens.Has(stem)
		if english.functions.Has(stem) || english.firstPerson.Has(stem) {
			continue
		}
		if root, ok := english.irregular[stem]; ok {
			stem = root
		}
		p.all[stem] = true
		if reach >= 0 && !t.IsNumber {
			p.negated, reach = append(p.negated, stem), -1
		}
		if w := f.Words.Weight(t.ID); w >= contradictOther {
			p.words[stem] = w
		}
	}
	if p.odd = negations%2 == 1; !p.odd { // twice is not at all
		p.negated = nil
	}
	for _, stem := range slices.Sorted(maps.Keys(p.words)) {
		p.weight += p.words[stem]
	}
	return p
}

// opposed is why a sentence of the one is what a sentence of the other negates; "" where none is.
func opposed(a, b []piece) string {
	for i := range a {
		for j := range b {
			if why := a[i].negates(&b[j]); why != "" {
				return why
			}
			if why := b[j].negates(&a[i]); why != "" {
				return why
			}
		}
	}
	return ""
}

// negates is why p negates what q says; "" where it does not.
func (p *piece) negates(q *piece) string {
	if q.odd || p.open || q.open || !slices.ContainsFunc(p.negated, func(w string) bool { return q.all[w] }) {
		return ""
	}
	var sum, most, next float64
	var shared []string
	for _, stem := range slices.Sorted(maps.Keys(p.words)) {
		if _, ok := q.words[stem]; !ok {
			continue
		}
		w := p.words[stem]
		sum += w
		shared = append(shared, stem)
		if w > most {
			most, next = w, most
		} else {
			next = math.Max(next, w)
		}
	}
	if most < contradictTells || next < contradictOther || sum < contradictWeight || corpus.Share(sum, min(p.weight, q.weight)) < contradictShare || corpus.Share(sum, max(p.weight, q.weight)) < contradictLonger {
		return ""
	}
	return fmt.Sprintf("%.0f%% of the shorter one's words, %d in all", 100*sum/min(p.weight, q.weight), len(shared))
}
