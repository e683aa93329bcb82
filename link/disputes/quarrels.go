package disputes

import (
	"maps"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/internal/set"
)

// A quarrel is a denial or contradiction as it is found: statements that answer others.
type quarrel struct {
	kind             string
	answers, claimed []string // statements
	basis            string
	sure             float64
	question         string // that all quarrels with it are of; "" where only the words tell
}

// quarrel notes one.
func (f *finder) quarrel(kind string, answers, claimed []string, basis string, sure float64) {
	f.found = append(f.found, quarrel{kind: kind, answers: answers, claimed: claimed, basis: basis, sure: sure})
}

// What statements of two quarrels of the same two sides have in common that are of one question.
const (
	questionWords = 2 // telling words
	questionShare = 0.4
)

// settle makes the rows of all quarrels: one for two sides on one question, however many statements and articles tell of it. Two quarrels
// are of one where they share a statement of either side, or where both are between the same sides and of the same words.
func (f *finder) settle() {
	forest := set.NewForest(2 * len(f.found)) // 2k: a quarrel, 2k+1: the same seen from its other side
	join := func(a, b int) {
		forest.Join(forest.Root(a), forest.Root(b))
		forest.Join(forest.Root(a^1), forest.Root(b^1))
	}
	first := map[string]int{} // statement -> the node on whose answering side it was first
	for k, q := range f.found {
		for side, ids := range [2][]string{q.answers, q.claimed} {
			for _, id := range ids {
				node := 2*k + side
				if at, ok := first[id]; ok {
					join(node, at)
				} else {
					first[id] = node
				}
			}
		}
	}
	between := map[[2]string][]int{} // sides -> nodes
	for k := range f.found {
		for node := 2 * k; node <= 2*k+1; node++ {
			f.joinSides(node, between, join)
		}
	}
	groups := map[int][]int{}
	for node := range 2 * len(f.found) {
		groups[forest.Root(node)] = append(groups[forest.Root(node)], node)
	}
	done := map[int]bool{}
	for _, root := range slices.Sorted(maps.Keys(groups)) {
		if group := groups[root]; !done[group[0]/2] {
			for _, node := range group {
				done[node/2] = true
			}
			f.row(group)
		}
	}
}

// sidesLimit is how many quarrels before it, between the same sides, one is compared with.
const sidesLimit = 20

// joinSides joins a quarrel, seen from one side, with those between the same sides that are of the same words.
func (f *finder) joinSides(node int, between map[[2]string][]int, join func(a, b int)) {
	answers, claimed := f.seenFrom(node)
	for _, a := range f.sides(answers) {
		for _, b := range f.sides(claimed) {
			key := [2]string{a, b}
			for _, other := range between[key][max(0, len(between[key])-sidesLimit):] {
				if other/2 != node/2 && f.oneQuestion(node, other) {
					join(node, other)
				}
			}
			between[key] = append(between[key], node)
		}
	}
}

// seenFrom are the two sides of a quarrel, seen from one.
func (f *finder) seenFrom(node int) (own, other []string) {
	q := &f.found[node/2]
	if node%2 == 1 {
		return q.claimed, q.answers
	}
	return q.answers, q.claimed
}

// sides are for whom statements speak: states and organs, else the speakers themselves.
func (f *finder) sides(ids []string) []string {
	var out []string
	for _, id := range ids {
		s := f.byID[id]
		if s == nil || s.Voice < 0 {
			continue
		}
		if of := f.Cast.Sides[s.Voice]; len(of) > 0 {
			out = append(out, of...)
		} else {
			out = append(out, f.Cast.ID(s.Voice))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// oneQuestion says whether two quarrels between the same sides are of one question: statements of the one and of the other have telling
// words in common.
func (f *finder) oneQuestion(a, b int) bool {
	if q := f.found[a/2].question; q != "" && q == f.found[b/2].question {
		return true
	}
	mine, _ := f.seenFrom(a)
	theirs, _ := f.seenFrom(b)
	_, mineToo := f.seenFrom(a)
	_, theirsToo := f.seenFrom(b)
	return f.wordsMeet(slices.Concat(mine, mineToo), slices.Concat(theirs, theirsToo))
}

func (f *finder) wordsMeet(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if s, t := f.byID[x], f.byID[y]; s != nil && t != nil && questionMeets(common(s, t, f.Words)) {
				return true
			}
		}
	}
	return false
}

func questionMeets(w shared) bool { return w.telling >= questionWords && w.part >= questionShare }

// row makes the dispute of quarrels that are one, each seen from the side that is the first's.
func (f *finder) row(nodes []int) {
	var sides [2][]string
	kind, best := "", -1
	for _, node := range nodes {
		own, other := f.seenFrom(node)
		sides[0], sides[1] = append(sides[0], own...), append(sides[1], other...)
		if best < 0 || f.found[node/2].sure > f.found[best/2].sure {
			best = node
		}
		if q := &f.found[node/2]; kind != onrecord.Denial {
			kind = q.kind
		}
	}
	if best%2 == 1 { // who answers comes first
		sides[0], sides[1] = sides[1], sides[0]
	}
	for k := range sides {
		sides[k] = sorted(sides[k])
	}
	both := set.Common(sides[0], sides[1])
	denies := func(id string) bool { s := f.byID[id]; return s != nil && s.Stance == onrecord.Denies }
	sides[0] = slices.DeleteFunc(sides[0], func(id string) bool { return slices.Contains(both, id) && !denies(id) })
	sides[1] = slices.DeleteFunc(sides[1], func(id string) bool { return slices.Contains(both, id) && denies(id) })
	if len(sides[0]) == 0 || len(sides[1]) == 0 {
		return
	}
	q := &f.found[best/2]
	f.add(kind, sides[0], sides[1], q.basis+"; "+whoPrinted(f.Docs, f.docOf, sides[0], sides[1]), q.sure)
}
