package link

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
)

// utterance is the members of one, in order, with why they are one.
type utterance struct {
	members []int
	why     []string
	sure    float64 // that they are one
	row     onrecord.Utterance
	wording int // the member that has it
}

// findUtterances groups statements that render one thing said on one occasion. Every statement is in at most one; a statement that
// stands alone is in none, nor is one that is taken.
func findUtterances(docs []*doc, sayings []*saying, v *speech, c *cast, taken map[string]bool, workers int) []utterance {
	pairs := likePairs(docs, sayings, v, c, workers)
	f := newForest(len(sayings))
	voices := make([][]int, len(sayings)) // the named ones of a group
	members := make([][]int, len(sayings))
	reasons := make([][]string, len(sayings))
	crowds := make([]crowd, len(sayings))
	sure := make([]float64, len(sayings))
	for i, s := range sayings {
		if c.named(s.voice) {
			voices[i] = []int{s.voice}
		}
		members[i], crowds[i], sure[i] = []int{i}, crowd{s.doc: 1}, 1
	}
	like := make([][]int, len(sayings))
	for _, p := range pairs {
		like[p.a], like[p.b] = append(like[p.a], p.b), append(like[p.b], p.a)
	}
	for _, p := range pairs {
		a, b := f.root(p.a), f.root(p.b)
		if p.rank > 1 || a == b || !bound(f, like, members[a], members[b], p.firm) {
			continue
		}
		if p.rank > 0 {
			if !anyOf(voices[a], voices[b]) && slices.ContainsFunc(voices[a], func(x int) bool {
				return slices.ContainsFunc(voices[b], func(y int) bool { return c.apart(x, y) })
			}) {
				continue
			}
			// A paraphrase ties two groups only if neither already has a statement of an article of the other's: that would be two
			// things said, unless the two are alike themselves, or two parts of one.
			x, y, small, large := p.a, p.b, a, b
			if len(members[a]) > len(members[b]) {
				x, y, small, large = p.b, p.a, b, a
			}
			if sayings[x].doc != sayings[y].doc && slices.ContainsFunc(members[small], func(k int) bool {
				return crowds[large][sayings[k].doc] > 0 && !another(f, sayings, like, k, y, crowds[large], v)
			}) {
				continue
			}
		}
		f.join(a, b)
		r, o := f.root(a), a+b-f.root(a)
		if len(members[r]) < len(members[o]) {
			crowds[r], crowds[o] = crowds[o], crowds[r]
		}
		for doc, n := range crowds[o] {
			crowds[r][doc] += n
		}
		members[r] = append(members[r], members[o]...)
		reasons[r] = append(append(reasons[r], reasons[o]...), p.why)
		sure[r] = min(sure[r], sure[o], p.sure)
		voices[r] = withAll(voices[r], voices[o])
		members[o], reasons[o], crowds[o], voices[o] = nil, nil, nil, nil
	}
	var out []utterance
	for i := range sayings {
		slices.Sort(members[i])
		ms := kept(members[i], func(k int) bool { return !taken[sayings[k].ID] }, func(k int) bool { return !docs[sayings[k].doc].next })
		if len(ms) < 2 {
			continue
		}
		u := utterance{members: ms, why: reasons[i], sure: sure[i]}
		u.fill(docs, sayings, v, c)
		out = append(out, u)
	}
	return out
}

// How sure it is that two statements are renditions of one: in the same words; in other words, by one speaker, at most; in other
// words, where they are not weighed.
const (
	verbatimSure   = 0.9
	paraphraseMost = 0.85
	paraphraseSure = 0.7
)

// Groups are bound by more than one pair: else sentences said one after the other would become one, over articles that print both.
const (
	boundFirm    = 0.25 // share of the pairs between two groups that are alike
	boundShare   = 0.5  // and where the pair that ties them has neither a number nor quoted words in common
	boundEnough  = 6    // pairs that are enough in any case
	boundMembers = 16   // members of the smaller group that are looked at
	boundLike    = 64   // and how many that are like each
)

// bound says whether enough members of two groups are alike, by the lists of those that are like each.
func bound(f forest, like [][]int, a, b []int, firm bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return true
	}
	root := f.root(b[0])
	a = a[:min(len(a), boundMembers)]
	part := boundShare
	if firm {
		part = boundFirm
	}
	need := min(boundEnough, int(math.Ceil(part*float64(len(a)*len(b)))))
	n := 0
	for _, i := range a {
		for _, j := range like[i][:min(len(like[i]), boundLike)] {
			if f.root(j) == root {
				if n++; n >= need {
					return true
				}
			}
		}
	}
	return false
}

// A crowd is how many statements each document has in a group.
type crowd map[int]int

// anotherShare is the share, by weight, of what two statements of one article have in common with a third, each, up to which they
// render two parts of it.
const anotherShare = 0.4

// partRun is how many words in a row make a part of a quotation.
const partRun = 4

// another says whether the statements of x's article in y's group say the same as x, or render another part of y than x does: an
// article may well tell in its own words what it quotes below, or quote in two pieces. Like are the sayings that are like each, large
// is the crowd of y's group.
func another(f forest, sayings []*saying, like [][]int, x, y int, large crowd, v *speech) bool {
	root, n := f.root(y), 0
	for _, z := range like[x][:min(len(like[x]), boundLike)] {
		if f.root(z) == root && sayings[z].doc == sayings[x].doc {
			n++
		}
	}
	if n > 0 {
		return n == large[sayings[x].doc]
	}
	mine, theirs := v.distinct(sayings[x].toks), v.distinct(sayings[y].toks)
	quotes := quotedBoth(sayings[x], sayings[y], v)
	for _, z := range like[y][:min(len(like[y]), boundLike)] {
		if f.root(z) != root || sayings[z].doc != sayings[x].doc {
			continue
		}
		if overlapping(sayings[x].Content, sayings[z].Content) {
			return false
		}
		n++
		if more := quotedBoth(sayings[z], sayings[y], v); len(quotes) > 0 && len(more) > 0 {
			if float64(inBoth(quotes, more)) > anotherShare*float64(min(len(quotes), len(more))) {
				return false
			}
			continue
		}
		var of, again float64
		other := v.distinct(sayings[z].toks)
		for _, id := range slices.Sorted(maps.Keys(mine)) {
			if _, ok := theirs[id]; ok {
				of += mine[id]
				if _, ok := other[id]; ok {
					again += mine[id]
				}
			}
		}
		if of == 0 || again > anotherShare*of {
			return false
		}
	}
	return n > 0 && n == large[sayings[x].doc]
}

// inBoth is how many numbers two rising lists have in common.
func inBoth(a, b []int) (n int) {
	for _, i := range a {
		if _, ok := slices.BinarySearch(b, i); ok {
			n++
		}
	}
	return n
}

// quotedBoth are the words of b, by index, that a quotes too, in rows of at least partRun.
func quotedBoth(a, b *saying, v *speech) []int {
	var out, row []int
	last := match{-2, -2}
	for _, m := range append(align(a.toks, b.toks, v), last) {
		same := m.a >= 0 && a.toks[m.a].quoted && b.toks[m.b].quoted
		if !same || m.a != last.a+1 || m.b != last.b+1 {
			if len(row) >= partRun {
				out = append(out, row...)
			}
			row = row[:0]
		}
		if same {
			row = append(row, m.b)
		}
		last = m
	}
	return out
}

// fill makes the row of an utterance.
func (u *utterance) fill(docs []*doc, sayings []*saying, v *speech, c *cast) {
	row := &u.row
	u.wording = u.members[0]
	for _, i := range u.members {
		s, w := sayings[i], sayings[u.wording]
		if s.Headline {
			continue
		}
		known := docs[w.doc].at != docs[s.doc].at // which was first
		if w.Headline || cmp.Or(longer(s.quoted, w.quoted, quotedSlack, known), cmp.Compare(b2i(c.named(s.voice)), b2i(c.named(w.voice))), longer(len(s.toks), len(w.toks), wordsSlack, known)) > 0 {
			u.wording = i
		}
	}
	w := sayings[u.wording]
	row.ID = onrecord.NewID(onrecord.UtteranceKind, sayings[u.members[0]].ID)
	row.Wording = contentOf(docs[w.doc], w)
	var who []int
	articles := map[int]bool{}
	for _, i := range u.members {
		s := sayings[i]
		row.Statements = append(row.Statements, s.ID)
		articles[s.doc] = true
		if day, ok := docs[s.doc].Article.Published.Day(); ok && (row.First.IsZero() || day.Before(row.First)) {
			row.First = day
		}
		if s.voice >= 0 && c.voices[s.voice].Named() && !slices.Contains(who, s.voice) {
			who = append(who, s.voice)
		}
	}
	if persons := slices.DeleteFunc(slices.Clone(who), func(r int) bool { return c.voices[r].Kind != onrecord.Person }); len(persons) > 0 {
		who = persons
	}
	if len(who) == 1 {
		row.Speaker = c.id(who[0])
	}
	for _, i := range u.members {
		if i != u.wording {
			row.Drift = append(row.Drift, drift(docs, w, sayings[i], v, c)...)
		}
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", plural(len(u.members), "rendition"), plural(len(articles), "article")))
	slices.Sort(u.why)
	row.Basis = append(row.Basis, slices.Compact(u.why)...)
	row.Confidence = u.sure
	if len(who) > 1 {
		row.Confidence = math.Min(row.Confidence, 0.6)
	}
}

// Of renditions about as long as each other the first seen is the wording, where it is known: another has to be longer by this part.
const (
	quotedSlack = 8
	wordsSlack  = 4
)

// longer compares two numbers of words, taking those that differ by less than a part and one for equal where slack is given.
func longer(a, b, part int, slack bool) int {
	switch {
	case !slack:
		return cmp.Compare(a, b)
	case a > b+b/part+1:
		return 1
	case b > a+a/part+1:
		return -1
	}
	return 0
}
