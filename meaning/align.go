package meaning

import (
	"math"
	"strings"
)

// A tie is how two words stand to each other, the closest first.
type tie uint8

const (
	same      tie = iota
	derived       // "attack", "attacker"
	synonym       // of one synset
	wider         // the claim's word is wider: "vehicle" for "truck"
	narrower      // the claim's word is narrower
	antonym       // "win", "lose"; "safe", "unsafe"
	sibling       // two kinds of one thing: "truck", "car"
	close         // near each other by use
	loose         // farther
	otherwise     // a number, a name or a quantity that is another
	none
	ties
)

// How near words are by use, by the cosine of their vectors.
const (
	closeBy = .62
	looseBy = .48
)

// between is how a word of the record and one of the claim stand to each other, by themselves, and how well that ties them, from 0 to 1.
func between(record, claim *word) (tie, float32) {
	if record.kind == figure || claim.kind == figure {
		return numbers(record, claim)
	}
	if record.called != "" && claim.called != "" && record.kind == claim.kind {
		if record.called == claim.called {
			return same, 1
		}
		if record.kind == content { // units
			return otherwise, .6
		}
	}
	if record.kind == pole || claim.kind == pole {
		return poles(record, claim)
	}
	if record.lemma == claim.lemma || record.form == claim.form {
		return same, 1
	}
	if record.kind == name && claim.kind == name {
		return names(record, claim)
	}
	t := record.relation(claim)
	switch t {
	case derived:
		return t, .95
	case synonym:
		return t, .9
	case antonym:
		return t, .8
	case wider, narrower:
		return t, .75
	}
	cos := near(record.vector, claim.vector)
	switch {
	case t == sibling && cos > looseBy:
		return t, .3 + .5*cos
	case stem(record.form, claim.form):
		return derived, .85
	case cos > closeBy && record.part == claim.part:
		return close, .2 + .6*cos
	case cos > looseBy:
		return loose, .1 + .6*cos
	}
	return none, 0
}

// relation is what the dictionary says of two words.
func (w *word) relation(v *word) tie {
	switch {
	case pair(net.antonyms, w.known, v.known), w.base >= 0 && w.base == v.known, v.base >= 0 && v.base == w.known:
		return antonym
	case pair(net.derivations, w.known, v.known):
		return derived
	}
	best := none
	for i := range w.senses {
		for k := range v.senses {
			best = min(best, ofSenses(&w.senses[i], &v.senses[k]))
		}
	}
	if best > wider && pair(net.indirect, w.known, v.known) {
		return antonym
	}
	return best
}

func ofSenses(record, claim *sense) tie {
	switch {
	case record.synset == claim.synset:
		return synonym
	case record.parent == claim.synset || record.above == claim.synset:
		return wider
	case claim.parent == record.synset || claim.above == record.synset:
		return narrower
	case record.parent == claim.parent && record.parent != noSynset:
		return sibling
	}
	return none
}

// stem says whether two words begin alike far enough to be of one stem.
func stem(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= 5 && n >= min(len(a), len(b))-3 && n*10 >= 6*max(len(a), len(b))
}

// poles ties words by which a passage turns: those of one pair, whichever side.
func poles(record, claim *word) (tie, float32) {
	if record.kind != claim.kind {
		return none, 0
	}
	a, side, _ := strings.Cut(record.pole, " ")
	b, other, _ := strings.Cut(claim.pole, " ")
	switch {
	case record.form == claim.form:
		return same, .8
	case a != b:
		return none, 0
	case side == other:
		return synonym, .7
	}
	return antonym, .4
}

func names(record, claim *word) (tie, float32) {
	a, b := strings.TrimSuffix(record.form, "."), strings.TrimSuffix(claim.form, ".")
	switch {
	case a == b:
		return same, 1
	case strings.HasPrefix(a, b), strings.HasPrefix(b, a): // "Libya", "Libyan"
		return derived, .8
	case stem(a, b):
		return otherwise, .6
	}
	return none, 0
}

func numbers(record, claim *word) (tie, float32) {
	if record.kind != claim.kind {
		return none, 0
	}
	a, b := record.number, claim.number
	unit := record.unit == claim.unit
	switch {
	case record.form == claim.form && a == b, a == b:
		return same, 1
	case year(a) && year(b) && !record.measured:
		return otherwise, .6
	case math.Abs(a-b) <= .02*max(math.Abs(a), math.Abs(b)):
		return close, .9
	case unit:
		return otherwise, .6
	}
	return otherwise, .35
}

// year says whether a number may be a year: then one near it is another.
func year(n float64) bool { return n == math.Trunc(n) && n >= 1500 && n < 2100 }

// An alignment says for each word of the claim which of the record is its counterpart, and for each of the record the claim's.
type alignment struct {
	record, claim *Passage
	to            []int // by the claim's words, -1 for none
	from          []int // by the record's
	tie           []tie // by the claim's words
}

// telling says whether a word is aligned at all.
func (w *word) telling() bool {
	return w.kind == content || w.kind == name || w.kind == figure || w.kind == pole
}

// align ties each telling word of the claim to the one of the record that fits best, by the words themselves and by what they hang on; each of
// the record is taken once, the best pairs first.
func align(record, claim *Passage) *alignment {
	places := make([]int, len(claim.words)+len(record.words))
	a := &alignment{record: record, claim: claim, to: places[:len(claim.words)], from: places[len(claim.words):], tie: make([]tie, len(claim.words))}
	for i := range a.to {
		a.to[i], a.tie[i] = -1, none
	}
	for i := range a.from {
		a.from[i] = -1
	}
	list := make([]candidate, 0, candidatesFew)
	for k := range claim.words {
		c := &claim.words[k]
		if !c.telling() {
			continue
		}
		for i := range record.words {
			r := &record.words[i]
			if !r.telling() {
				continue
			}
			if t, fit := between(r, c); t != none {
				list = append(list, candidate{i, k, t, fit + a.context(i, k)})
			}
		}
	}
	a.take(list)
	return a
}

// candidatesFew is how many pairs there is room for at once: as many as two sentences have as a rule.
const candidatesFew = 32

// A candidate is a pair of words, of the record and of the claim.
type candidate struct {
	record, claim int
	tie           tie
	fit           float32
}

// context is how well the places of two words fit: what they hang on, what they are there, how far along they stand.
func (a *alignment) context(i, k int) float32 {
	r, c := &a.record.words[i], &a.claim.words[k]
	var fit float32
	if r.role == c.role {
		fit += .04
	}
	if r.head >= 0 && c.head >= 0 && a.record.words[r.head].lemma == a.claim.words[c.head].lemma {
		fit += .12
	}
	if i > 0 && k > 0 && a.record.words[i-1].lemma == a.claim.words[k-1].lemma {
		fit += .05
	}
	if i+1 < len(a.record.words) && k+1 < len(a.claim.words) && a.record.words[i+1].lemma == a.claim.words[k+1].lemma {
		fit += .05
	}
	return fit
}

// take takes the best pairs first.
func (a *alignment) take(list []candidate) {
	for len(list) > 0 {
		best := 0
		for i := range list {
			if list[i].fit > list[best].fit {
				best = i
			}
		}
		b := list[best]
		a.to[b.claim], a.from[b.record], a.tie[b.claim] = b.record, b.claim, b.tie
		kept := list[:0]
		for _, x := range list {
			if x.record != b.record && x.claim != b.claim {
				kept = append(kept, x)
			}
		}
		list = kept
	}
}
