package english

import (
	"fmt"

	"github.com/onrecord/onrecord/learn"
)

// parser builds the dependency tree of a sentence from left to right in the arc-hybrid system, greedily. One linear model
// chooses the action, with the features of Zhang and Nivre (2011); another labels each arc as it is made, when all the child's
// own children are known.
type parser struct {
	actions *learn.Linear
	labels  *learn.Linear
}

const parserKind = "parser"

func readParser(b []byte) (*parser, error) {
	payload, err := learn.Unpack(parserKind, b)
	if err != nil {
		return nil, err
	}
	r := learn.NewReader(payload)
	p := &parser{actions: r.Linear(), labels: r.Linear()}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", parserKind, err)
	}
	if len(p.actions.Labels) != learn.Actions || len(r.Rest()) > 0 {
		return nil, fmt.Errorf("%w: %s: %d actions, want %d; %d bytes left over", learn.ErrFile, parserKind, len(p.actions.Labels), learn.Actions, len(r.Rest()))
	}
	return p, nil
}

// tree is the state of a parse over the words of a sentence without its punctuation, which stands in the way between words
// that belong together: words know what punctuation was before them (Ma, Zhang and Zhu 2014).
type tree struct {
	learn.Arcs
	words []word  // with two bounds on either side
	kept  []int32 // index in the sentence of each word
	marks []uint64
}

// Kinds of punctuation and of words that tell where one clause ends. The first six are bits of word.gap; all have counters in
// tree.marks.
const (
	markComma = iota
	markOpen
	markClose
	markDash // ":", ";", "--"
	markParen
	markStop
	markVerb // finite
	markAnd
	markKinds
	markNone
)

// markOf gives the kind of each tag, by its number in words, which is one more than that of the tagger.
func markOf(tags []string) []uint8 {
	kinds := map[string]uint8{
		",": markComma, "``": markOpen, "''": markClose, ":": markDash, "-LRB-": markParen, "-RRB-": markParen, ".": markStop,
		"VBD": markVerb, "VBZ": markVerb, "VBP": markVerb, "MD": markVerb, "CC": markAnd,
	}
	of := make([]uint8, len(tags)+1)
	for i := range of {
		of[i] = markNone
		if i > 0 {
			if k, ok := kinds[tags[i-1]]; ok {
				of[i] = k
			}
		}
	}
	return of
}

// start begins the tree of tagged words, which hold two bounds on either side.
func (t *tree) start(words []word, mark []uint8) {
	t.words = append(t.words[:0], before(), before())
	t.marks = append(t.marks[:0], 0)
	t.kept = t.kept[:0]
	gap := uint8(0)
	sum := uint64(0) // a counter of 8 bits for each mark; one that runs over disturbs its neighbour and no more
	for i := 2; i < len(words)-2; i++ {
		k := mark[words[i].tag]
		if k < markKinds {
			sum += 1 << (8 * k)
		}
		if k < markVerb {
			gap |= 1 << k
			continue
		}
		t.words = append(t.words, words[i])
		t.words[len(t.words)-1].gap = gap
		gap = 0
		t.kept = append(t.kept, int32(i-2))
		t.marks = append(t.marks, sum)
	}
	t.words = append(t.words, behind(), behind())
	t.words[len(t.words)-2].gap = gap
	t.marks = append(t.marks, sum)
	t.Start(len(t.kept))
}

// between is the set of marks between words i and j, i < j. The word j itself counts with no more than its punctuation.
func (t *tree) between(i, j int32) uint32 {
	if i < 0 || j <= i {
		return 0
	}
	d := t.marks[j] - t.marks[i+1]
	set := uint32(t.words[j+2].gap)
	for k := range markKinds {
		if d>>(8*k)&0xFF != 0 {
			set |= 1 << k
		}
	}
	return set
}

// at is the word of a token, of the root or of None.
func (t *tree) at(i int32) *word {
	return &t.words[min(int(i)+2, len(t.words)-1)]
}

func (t *tree) none(i int32) *word {
	if i < 0 {
		return &t.words[0]
	}
	return t.at(i)
}

// rel is the label of a token's arc, 255 of None.
func (t *tree) rel(i int32) uint32 {
	if i < 0 {
		return 255
	}
	return uint32(t.Rels[i])
}

func (t *tree) farLeft(i int32) int32 {
	if i < 0 {
		return i
	}
	return t.LeftFar[i]
}

func (t *tree) farRight(i int32) int32 {
	if i < 0 {
		return i
	}
	return t.RightFar[i]
}

// valency is how many children a token has on both sides, up to 3 on the left and 3 on the right.
func (t *tree) valency(i int32) uint32 {
	if i < 0 {
		return 255
	}
	return uint32(min(t.Lefts[i], 3))<<2 | uint32(min(t.Rights[i], 3))
}

func distance(i, j int32) uint32 {
	switch d := j - i; {
	case i < 0:
		return 0
	case d < 5:
		return uint32(d)
	case d < 8:
		return 5
	case d < 14:
		return 6
	}
	return 7
}

// actionFeatures sets the features of the next action.
func actionFeatures(f *bag, t *tree) {
	f.start()
	i0, i1, i2 := int32(learn.None), int32(learn.None), int32(learn.None)
	k := len(t.Stack)
	if k > 0 {
		i0 = t.Stack[k-1]
	}
	if k > 1 {
		i1 = t.Stack[k-2]
	}
	if k > 2 {
		i2 = t.Stack[k-3]
	}
	j := t.Next
	s0, s1, s2 := t.none(i0), t.none(i1), t.none(i2)
	b0, b1, b2 := t.at(j), t.at(j+1), t.at(j+2)
	s0t, s1t, s2t, b0t, b1t, b2t := uint32(s0.tag), uint32(s1.tag), uint32(s2.tag), uint32(b0.tag), uint32(b1.tag), uint32(b2.tag)
	l0, r0, l1, r1 := t.farLeft(i0), t.farRight(i0), t.farLeft(i1), t.farRight(i1)
	lb := t.farLeft(j)
	l0t, r0t, r1t, lbt := uint32(t.none(l0).tag), uint32(t.none(r0).tag), uint32(t.none(r1).tag), uint32(t.none(lb).tag)
	v0, v1, vb := t.valency(i0), t.valency(i1), t.valency(j)
	d0, d1 := distance(i0, j), distance(i1, i0)
	gap0, gap1 := t.between(i0, j), t.between(i1, i0)
	tags3 := s0t<<16 | s1t<<8 | b0t
	tagsB := s0t<<16 | b0t<<8 | b1t

	f.one(moveS0, s0.low)
	f.one(moveS0Tagged, s0.wt)
	f.one(moveS1, s1.low)
	f.one(moveS1Tagged, s1.wt)
	f.one(moveB0, b0.low)
	f.one(moveB0Tagged, b0.wt)
	f.one(moveB1, b1.low)
	f.one(moveB1Tagged, b1.wt)
	f.one(moveB2Tagged, b2.wt)
	f.one(moveS2TagS1Tag, s2t<<8|s1t)
	f.two(moveS0B0, s0.low, b0.low)
	f.two(moveS0TaggedB0Tag, s0.wt, b0t)
	f.two(moveS0TagB0Tagged, s0t, b0.wt)
	f.one(moveS0TagB0Tag, s0t<<8|b0t)
	f.two(moveS0S1, s0.low, s1.low)
	f.two(moveS0TaggedS1Tag, s0.wt, s1t)
	f.two(moveS0TagS1Tagged, s0t, s1.wt)
	f.two(moveS1TaggedB0Tag, s1.wt, b0t)
	f.two(moveS1TagB0Tagged, s1t, b0.wt)
	f.one(moveB0TagB1TagB2Tag, b0t<<16|b1t<<8|b2t)
	f.one(moveS0TagS1TagB0Tag, tags3)
	f.one(moveS0TagB0TagB1Tag, tagsB)
	f.one(moveS0TagS1TagS2Tag, s0t<<16|s1t<<8|s2t)
	f.two(moveS0TagS1TagB0TagB1Tag, tags3, b1t)
	f.two(moveS0TagB0TagB1TagB2Tag, tagsB, b2t)
	f.two(moveS0B0TagB1Tag, s0.low, b0t<<8|b1t)
	f.two(moveB0S0TagB1Tag, b0.low, s0t<<8|b1t)
	f.two(moveS1S0TagB0Tag, s1.low, s0t<<8|b0t)
	f.two(moveS0S1TagB0Tag, s0.low, s1t<<8|b0t)
	f.two(moveB0S0TagS1Tag, b0.low, s0t<<8|s1t)
	f.two(moveB1S0TagB0Tag, b1.low, s0t<<8|b0t)
	// Distances and what stands between.
	f.two(moveS0TagB0TagDistance, s0t<<8|b0t, d0)
	f.two(moveS0Distance0, s0.low, d0)
	f.two(moveB0Distance0, b0.low, d0)
	f.two(moveS0TagS1TagDistance, s0t<<8|s1t, d1)
	f.two(moveS0TagB0TagGap, s0t<<8|b0t, gap0)
	f.two(moveS0TagS1TagGap, s0t<<8|s1t, gap1)
	f.two(moveS0TagS1TagB0TagGaps, tags3, gap0<<8|gap1)
	f.two(moveS1TaggedGap, s1.wt, gap1)
	f.two(moveS0TaggedGap, s0.wt, gap0)
	// Children.
	f.two(moveS0TagB0TagS0Valency, s0t<<8|b0t, v0)
	f.two(moveS0Valency, s0.low, v0)
	f.two(moveS0TagB0TagB0Valency, s0t<<8|b0t, vb)
	f.two(moveS1TagS0TagS1Valency, s1t<<8|s0t, v1)
	f.two(moveS1Valency, s1.low, v1)
	f.two(moveTagsS0Left, tags3, l0t)
	f.two(moveTagsS0Right, tags3, r0t)
	f.two(moveTagsS1Right, tags3, r1t)
	f.two(moveTagsB0Left, tags3, lbt)
	f.two(moveS0TaggedRelations, s0.wt, t.rel(l0)<<8|t.rel(r0))
	f.two(moveS1TaggedRelations, s1.wt, t.rel(l1)<<8|t.rel(r1))
	f.two(moveS0TagB0TagRelations, s0t<<8|b0t, t.rel(l0)<<8|t.rel(r0))
	f.two(moveS1TagS0TagRelations, s1t<<8|s0t, t.rel(r1)<<8|t.rel(r0))
	f.two(moveS0TagB0TagB0Relation, s0t<<8|b0t, t.rel(lb))
	f.two(moveB0TaggedRelation, b0.wt, t.rel(lb))
	f.three(moveS0S0RightB0Tag, s0.low, t.none(r0).low, b0t)
	f.three(moveS1S1RightS0Tag, s1.low, t.none(r1).low, s0t)
	f.three(moveS0B0B1Tag, s0.low, b0.low, b1t)
	f.three(moveS1S0B0Tag, s1.low, s0.low, b0t)
	f.two(moveTagsValencies, tags3, v1<<8|vb)
	// Punctuation.
	g0, g1, gs := uint32(b0.gap), uint32(b1.gap), uint32(s0.gap)
	f.two(moveS0TagB0TagMarks, s0t<<8|b0t, g0)
	f.two(moveB0TaggedMarks, b0.wt, g0)
	f.two(moveS0TaggedMarksB0, s0.wt, g0)
	f.two(moveTagsMarks, tags3, g0<<8|gs)
	f.two(moveTagsAheadMarks, tagsB, g0<<8|g1)
	f.two(moveS0TaggedMarks, s0.wt, gs)
	f.two(moveS1TagS0TagMarks, s1t<<8|s0t, gs<<8|g0)
}

// labelFeatures sets the features of the label of the arc from head h to child c.
func labelFeatures(f *bag, t *tree, h, c int32) {
	f.start()
	hw, cw := t.at(h), t.at(c)
	ht, ct := uint32(hw.tag), uint32(cw.tag)
	side := uint32(0)
	first, last := h, c
	if c < h {
		side = 1
		first, last = c, h
	}
	d := side<<4 | distance(first, last)
	gap := t.between(first, last) | side<<8
	p, n := t.none(c-1), t.at(c+1)
	hl, hr := t.farLeft(h), t.farRight(h)
	cl, cr := t.farLeft(c), t.farRight(c)
	cn := t.LeftNear[c]
	clw := t.none(cl)
	pair := ht<<16 | ct<<8 | side
	f.one(arcTags, pair)
	f.two(arcTagsDistance, pair, d)
	f.two(arcHeadChildTag, hw.low, ct<<8|side)
	f.two(arcChildHeadTag, cw.low, ht<<8|side)
	f.two(arcHeadTagged, hw.wt, side)
	f.two(arcChildTagged, cw.wt, side)
	f.three(arcHeadChild, hw.low, cw.low, side)
	f.two(arcChildLast3HeadTag, cw.suf[2], ht<<8|side)
	f.two(arcHeadLast3ChildTag, hw.suf[2], ct<<8|side)
	f.two(arcTagsGap, pair, gap)
	f.two(arcChildGap, cw.low, gap)
	f.two(arcHeadGap, hw.low, gap)
	f.two(arcTagsBeside, pair, uint32(p.tag)<<8|uint32(n.tag))
	f.two(arcTagsChildLeft, pair, clw.low)
	f.three(arcHeadChildLeft, hw.low, clw.low, side)
	f.two(arcTagsChildRelations, pair, t.rel(cl)<<16|t.rel(cn)<<8|t.rel(cr))
	f.two(arcChildRelations, cw.low, t.rel(cl)<<16|t.rel(cn)<<8|t.rel(cr))
	f.two(arcTagsHeadRelations, pair, t.rel(hl)<<8|t.rel(hr))
	f.two(arcHeadRelations, hw.low, t.rel(hl)<<16|t.rel(hr)<<8|side)
	f.two(arcChildHeadRelations, cw.low, t.rel(hl)<<16|t.rel(hr)<<8|side)
	f.two(arcTagsValencies, pair, t.valency(c)<<8|t.valency(h))
	f.three(arcChildTagNearHeadTag, ct, t.none(cn).low, ht<<8|side)
	f.three(arcHeadChildLeftChildTag, hw.low, clw.low, ct<<8|side)
	f.two(arcCapsTags, uint32(cw.caps)<<8|uint32(hw.caps), pair)
	f.two(arcWordBefore1Tags, p.low, pair)
	f.two(arcWord1Tags, n.low, pair)
	f.two(arcTagsHeadNearRelation, pair, t.rel(t.LeftNear[h]))
	f.three(arcTagsMarks, pair, uint32(cw.gap), uint32(n.gap))
}

// parse builds the tree over the scratch's words, which have tags: write tells it.
func (p *parser) parse(s *scratch, mark []uint8) {
	t := &s.tree
	t.start(s.words, mark)
	if s.moves == nil {
		s.moves, s.rels = p.actions.Scores(), p.labels.Scores()
	}
	for !t.Done() {
		move := t.forced()
		if move == learn.Actions {
			actionFeatures(&s.bag, t)
			p.actions.Score(s.bag.list, s.moves)
			for m := learn.Shift; m < learn.Actions; m++ {
				if t.Can(m) && (move == learn.Actions || s.moves.Of(int(m)) > s.moves.Of(int(move))) {
					move = m
				}
			}
		}
		rel := 0
		if move != learn.Shift {
			if h, c := t.Arc(move); int(h) < t.Len() {
				labelFeatures(&s.bag, t, h, c)
				p.labels.Score(s.bag.list, s.rels)
				rel = s.rels.Best(len(p.labels.Labels))
			}
		}
		t.Do(move, uint8(rel))
	}
}

// Labels of arcs that the model does not give.
const (
	relRoot  = "root"
	relPunct = "punct"
)

// write writes the tree of a sentence into heads, indexes of which begin at first, and rels. Punctuation is attached after the
// guidelines of Universal Dependencies, as far as that can be told by position: what stands before a phrase that depends on
// words to its left belongs to that phrase; otherwise to the phrase that ends before it.
func (p *parser) write(t *tree, first int, heads []int32, rels []string) {
	n := len(heads)
	root := int32(0) // of a sentence of nothing but punctuation
	for i := range heads {
		heads[i], rels[i] = learn.None, relPunct
	}
	for k, i := range t.kept {
		if h := t.Heads[k]; int(h) < t.Len() {
			heads[i], rels[i] = t.kept[h], p.labels.Labels[t.Rels[k]]
		} else {
			root = i
		}
	}
	next := 0 // word after the mark
	for i := range n {
		if next < len(t.kept) && int(t.kept[next]) == i {
			next++
			continue
		}
		if int32(i) == root {
			continue
		}
		at := root
		if next < len(t.kept) {
			right := t.climb(next, next, len(t.kept))
			if t.Heads[right] < int32(t.Len()) || next == 0 {
				at = t.kept[right]
			} else {
				at = t.kept[t.climb(next-1, 0, next)]
			}
		}
		heads[i] = at
	}
	for i, h := range heads {
		if h >= 0 {
			heads[i] = h + int32(first)
		}
	}
	if n > 0 {
		rels[root] = relRoot
	}
}

// climb is the topmost word over k that can be reached within [from, to). The way up is bounded, so that a deep tree with a
// mark after every word costs no more than its length.
func (t *tree) climb(k, from, to int) int {
	for range 32 {
		h := int(t.Heads[k])
		if h < from || h >= to {
			break
		}
		k = h
	}
	return k
}

// forced is the only action that can be taken, or Actions when there is a choice.
func (t *tree) forced() learn.Action {
	only := learn.Action(learn.Actions)
	for m := learn.Shift; m < learn.Actions; m++ {
		if t.Can(m) {
			if only != learn.Actions {
				return learn.Actions
			}
			only = m
		}
	}
	return only
}
