package meaning

import (
	"slices"

	"github.com/onrecord/onrecord/learn"
)

// Templates of features. The numbers are part of the trained weights: a new one comes last.
const (
	tTie learn.Template = iota + 1
	tRole
	tWeight
	tPair
	tNegated
	tMood
	tPlace
	tRival
	tRivalPair
	tNumber
	tQuantity
	tLeftOut
	tCover
	tBoth
	tRoot
	tRootNegated
	tAny
	tShort
	tUnit
	tNext
	tOne
	tFew
)

// A piece is what is judged by itself: a word of the claim with its counterpart in the record or without, or a word of the record that the claim
// left out.
type piece struct {
	record, claim int // words, -1 for none
	kind          PieceKind
	logits        logits
}

// A weigher adds up what the features of a comparison weigh, piece by piece. In training it collects the features instead.
type weigher struct {
	*alignment
	model    *Model
	collect  []uint32
	pieces   []piece
	all      logits // of the whole
	now      *logits
	antonyms int
	turned   int // predicates that are negated in one passage only
	numbers  int // that differ
	rivals   int
	swapped  int
}

func (w *weigher) add(t learn.Template, values ...uint32) {
	h := uint32(t)
	for _, v := range values {
		h = learn.Hash(h, v)
	}
	if w.model == nil {
		w.collect = append(w.collect, h)
		return
	}
	w.model.add(w.now, h)
}

// weigh goes over the pieces, then over the whole.
func (w *weigher) weigh() {
	w.pieces = make([]piece, 0, len(w.claim.words)+len(w.record.words))
	for k := range w.claim.words {
		c := &w.claim.words[k]
		if !c.telling() && c.kind != quantity {
			continue
		}
		w.pieces = append(w.pieces, piece{record: w.to[k], claim: k})
		p := &w.pieces[len(w.pieces)-1]
		w.now = &p.logits
		switch {
		case c.kind == quantity:
			w.amount(p, k)
		case w.to[k] >= 0:
			w.tied(p, k)
		default:
			w.untied(p, k)
		}
	}
	for i := range w.record.words {
		w.leftOut(i)
	}
	w.now = &w.all
	w.whole()
}

// tied weighs a word of the claim with its counterpart.
func (w *weigher) tied(p *piece, k int) {
	c, t := &w.claim.words[k], w.tie[k]
	r := &w.record.words[w.to[k]]
	u := uint32(t)
	w.add(tTie, u)
	w.add(tRole, u, uint32(c.role), uint32(c.kind))
	w.add(tWeight, u, level(c.weight))
	if t != same {
		w.add(tPair, min(r.hash, c.hash), max(r.hash, c.hash))
	}
	switch t {
	case antonym:
		w.antonyms++
		p.kind = Opposite
	case wider:
		p.kind = Wider
	case narrower:
		p.kind = Narrower
	case otherwise:
		w.numbers++
		p.kind = Replaced
		switch c.kind {
		case figure:
			p.kind = Number
			w.amounts(r, c)
		case content:
			p.kind = Unit
		}
	case sibling, close, loose:
		p.kind = Replaced
	case same:
		if c.kind == figure && r.unit != c.unit {
			w.units(p, r, c)
		}
	}
	heads := w.heads(r, c)
	turned := r.negated != c.negated
	// What is negated is a predicate; what hangs on it is counted where nothing above it is.
	if top := c.role == predicate || heads != headsTied; top {
		w.add(tNegated, u, truth(turned), truth(c.role == predicate), heads)
		if turned {
			w.turned++
			if p.kind == Same {
				p.kind = Negated
			}
		}
		if r.mood != c.mood {
			w.add(tMood, truth(t <= narrower), uint32(r.mood), uint32(c.mood))
			if p.kind == Same {
				p.kind = Mood
			}
		}
	}
	place := w.placeOf(k)
	w.add(tPlace, u, place, heads)
	if place == placeSwapped {
		w.swapped++
		if t <= derived {
			p.kind = Role
		}
	}
}

const (
	headsNone = iota // one of the words hangs on nothing
	headsTied
	headsApart // the claim's head has another counterpart
	headsLoose // it has none
)

// heads is how what two tied words hang on is tied.
func (w *weigher) heads(r, c *word) uint32 {
	switch {
	case r.head < 0 && c.head < 0:
		return headsNone
	case r.head < 0 || c.head < 0:
		return headsLoose
	case w.to[c.head] == r.head, w.record.words[r.head].lemma == w.claim.words[c.head].lemma:
		return headsTied
	case w.to[c.head] >= 0:
		return headsApart
	}
	return headsLoose
}

const (
	placeSame = iota
	placeSwapped
	placeOther
)

// placeOf says whether word k of the claim does in its clause what its counterpart does; swapped: it does what another does in the record, and that
// other what it does there.
func (w *weigher) placeOf(k int) uint32 {
	c, r := &w.claim.words[k], &w.record.words[w.to[k]]
	if r.role == c.role {
		return placeSame
	}
	if r.head < 0 || c.head < 0 || !actor(r.role) || !actor(c.role) {
		return placeOther
	}
	for j := range w.claim.words {
		d := &w.claim.words[j]
		if j == k || w.to[j] < 0 || d.head != c.head {
			continue
		}
		if e := &w.record.words[w.to[j]]; e.head == r.head && d.role == r.role && e.role == c.role {
			return placeSwapped
		}
	}
	if w.to[c.head] == r.head && (r.role == agent && c.role == patient || r.role == patient && c.role == agent) {
		return placeSwapped
	}
	return placeOther
}

// actor says whether a word of a role takes part in what happens.
func actor(r role) bool { return r == agent || r == patient || r == oblique }

// untied weighs a word that has no counterpart, and the one of the record that stands in its place.
func (w *weigher) untied(p *piece, k int) {
	c := &w.claim.words[k]
	p.kind = Added
	w.add(tTie, uint32(none))
	w.add(tRole, uint32(none), uint32(c.role), uint32(c.kind))
	w.add(tWeight, uint32(none), level(c.weight))
	i := w.rival(k)
	if i < 0 {
		w.add(tRival, uint32(c.kind), uint32(c.role))
		return
	}
	r := &w.record.words[i]
	p.record, p.kind = i, Replaced
	if c.kind == name && r.kind == name && c.role == agent {
		p.kind = Actor
	}
	w.rivals++
	w.add(tRival, uint32(c.kind), uint32(c.role), uint32(r.kind), cosine(near(r.vector, c.vector)))
	w.add(tRivalPair, min(r.hash, c.hash), max(r.hash, c.hash))
}

// rival is the word of the record without a counterpart that stands where word k of the claim does, -1 for none.
func (w *weigher) rival(k int) int {
	c := &w.claim.words[k]
	best, most := -1, float32(-2)
	for i := range w.record.words {
		r := &w.record.words[i]
		if !r.telling() || w.from[i] >= 0 || r.role != c.role || r.part != c.part {
			continue
		}
		if h := w.heads(r, c); h != headsTied && h != headsNone {
			continue
		}
		if cos := near(r.vector, c.vector); cos > most {
			best, most = i, cos
		}
	}
	return best
}

// amounts weighs two numbers that differ.
func (w *weigher) amounts(r, c *word) {
	w.add(tNumber, truth(r.number < c.number), truth(r.unit == c.unit), w.heads(r, c))
}

// units weighs one number of two things.
func (w *weigher) units(p *piece, r, c *word) {
	t := none
	if r.head >= 0 && c.head >= 0 {
		t, _ = between(&w.record.words[r.head], &w.claim.words[c.head])
	}
	w.add(tUnit, uint32(t))
	if t > narrower {
		p.kind = Unit
	}
}

// amount weighs a word for a quantity of the claim against that of the record.
func (w *weigher) amount(p *piece, k int) {
	c := &w.claim.words[k]
	q := quantityOf(c)
	have := ""
	if c.head >= 0 && w.to[c.head] >= 0 {
		for i := range w.record.words {
			if r := &w.record.words[i]; r.head == w.to[c.head] && r.kind == quantity {
				have = quantityOf(r)
				p.record = i
			}
		}
	}
	for i := range w.record.words {
		if w.record.words[i].kind == quantity && w.record.words[i].form == c.form {
			have, p.record = q, i
		}
	}
	if i := w.record.onlyQuantity(); have == "" && i >= 0 && w.claim.onlyQuantity() == k {
		have, p.record = quantityOf(&w.record.words[i]), i
	}
	w.add(tQuantity, learn.HashString(have), learn.HashString(q))
	if have != q {
		p.kind = Quantity
	}
}

// onlyQuantity is the one word for a quantity that a passage has, -1 for none or several.
func (p *Passage) onlyQuantity() int {
	only := -1
	for i := range p.words {
		if p.words[i].kind == quantity {
			if only >= 0 {
				return -1
			}
			only = i
		}
	}
	return only
}

// leftOut weighs a word of the record that has no counterpart but hangs on one that has.
func (w *weigher) leftOut(i int) {
	r := &w.record.words[i]
	if r.head < 0 || w.from[r.head] < 0 {
		return
	}
	switch {
	case r.kind == quantity:
		k := w.from[r.head]
		for j := range w.claim.words {
			if c := &w.claim.words[j]; c.kind == quantity && (c.head == k || c.form == r.form) {
				return
			}
		}
		w.pieces = append(w.pieces, piece{record: i, claim: -1, kind: Quantity})
		w.now = &w.pieces[len(w.pieces)-1].logits
		w.add(tQuantity, learn.HashString(quantityOf(r)), learn.HashString(""))
	case r.telling() && w.from[i] < 0:
		w.pieces = append(w.pieces, piece{record: i, claim: -1, kind: LeftOut})
		w.now = &w.pieces[len(w.pieces)-1].logits
		w.add(tLeftOut, uint32(r.role), uint32(r.kind))
	}
}

// whole weighs what holds of the passages as wholes.
func (w *weigher) whole() {
	b := w.covered()
	a := w.coveredRecord()
	w.add(tCover, b)
	w.add(tBoth, b, a/3)
	turned, few := min(w.turned, 2), func(n int) uint32 { return uint32(min(n, 2)) }
	w.add(tAny, b/2, uint32(turned), few(w.antonyms), few(w.numbers))
	w.add(tAny, few(w.rivals), few(w.swapped), uint32(turned))
	w.add(tNext, b/2, few(w.rivals), few(w.antonyms+w.numbers))
	w.changed()
	w.add(tShort, uint32(min(len(w.claim.words), 24)/4), b/3)
	if w.claim.root < 0 || w.record.root < 0 {
		return
	}
	c, i, t := &w.claim.words[w.claim.root], w.to[w.claim.root], w.tie[w.claim.root]
	if i < 0 && !c.telling() && c.lemma == w.record.words[w.record.root].lemma {
		i, t = w.record.root, same
	}
	w.add(tRoot, uint32(t), b/3)
	denied := slices.ContainsFunc(w.record.words, func(r word) bool { return r.role == predicate && r.negated })
	if i >= 0 {
		denied = w.record.words[i].negated
	}
	w.add(tRootNegated, uint32(t), truth(denied), truth(c.negated), b/3)
}

// changed weighs what differs by how little else does: one word of a sentence that is otherwise the same was changed, one of many was put
// another way.
func (w *weigher) changed() {
	n, last := 0, -1
	for k := range w.claim.words {
		if w.claim.words[k].telling() && w.tie[k] != same && w.tie[k] != derived && w.tie[k] != synonym {
			n, last = n+1, k
		}
	}
	if n == 1 { // it is what these speak of
		i := slices.IndexFunc(w.pieces, func(p piece) bool { return p.claim == last })
		w.now = &w.pieces[i].logits
		defer func() { w.now = &w.all }()
	}
	w.add(tFew, uint32(min(n, 6)), w.covered()/3)
	if n == 0 || n > 2 {
		return
	}
	c := &w.claim.words[last]
	w.add(tOne, uint32(n), uint32(w.tie[last]), uint32(c.kind), uint32(c.part))
	w.add(tOne, uint32(n), uint32(w.tie[last]), uint32(c.role), truth(w.rivals > 0), 1)
}

// covered is how much of what the claim says has a counterpart, 0 to 9 tenths.
func (w *weigher) covered() uint32 { return min(9, uint32(10*w.share())) }

func (w *weigher) share() float32 {
	var have float32
	for k := range w.claim.words {
		if w.to[k] >= 0 {
			have += w.claim.words[k].weight
		}
	}
	return have / max(w.claim.weight, .01)
}

func (w *weigher) coveredRecord() uint32 {
	var have float32
	for i := range w.record.words {
		if w.from[i] >= 0 {
			have += w.record.words[i].weight
		}
	}
	return tenth(have, w.record.weight)
}

func tenth(part, whole float32) uint32 {
	if whole <= 0 {
		return 0
	}
	return uint32(min(9, 10*part/whole))
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func level(weight float32) uint32 { return uint32(weight*5 + .5) }

// cosine is a cosine in steps of a tenth; those below 0 count alike.
func cosine(c float32) uint32 { return uint32(max(0, c)*10) + 1 }
