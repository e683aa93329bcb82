// Package utterances groups the statements that render one thing said on one occasion, and tells what drifted between them.
package utterances

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
)

// Utterance is the members of one, in order, with why they are one.
type Utterance struct {
	Members []int
	why     []string
	sure    float64 // that they are one
	Row     onrecord.Utterance
	Wording int // the member that has it
}

// Find takes what is said and the ids of statements that are taken, and gives the utterances of the others, in the order of their first
// statements, and, by the root of an unnamed speaker, whom it may be by what they say. Every statement is in at most one utterance; one
// that stands alone is in none.
func Find(r *sayings.Record, taken map[string]bool, workers int) ([]Utterance, map[int][]onrecord.Lead) {
	us := group(r.Docs, r.Sayings, r.Words, r.Cast, taken, workers)
	return us, leads(r.Docs, r.Sayings, us, r.Cast)
}

// Of is the utterance, by its place, of every statement that is in one.
func Of(us []Utterance) map[string]int {
	of := map[string]int{}
	for k := range us {
		for _, id := range us[k].Row.Statements {
			of[id] = k
		}
	}
	return of
}

// group groups statements that render one thing said on one occasion.
func group(docs []*corpus.Doc, said []*sayings.Saying, v *sayings.Speech, c *speakers.Cast, taken map[string]bool, workers int) []Utterance {
	pairs := likePairs(docs, said, v, c, workers)
	f := set.NewForest(len(said))
	voices := make([][]int, len(said)) // the named ones of a group
	members := make([][]int, len(said))
	reasons := make([][]string, len(said))
	crowds := make([]crowd, len(said))
	sure := make([]float64, len(said))
	for i, s := range said {
		if c.Named(s.Voice) {
			voices[i] = []int{s.Voice}
		}
		members[i], crowds[i], sure[i] = []int{i}, crowd{s.Doc: 1}, 1
	}
	like := make([][]int, len(said))
	for _, p := range pairs {
		like[p.a], like[p.b] = append(like[p.a], p.b), append(like[p.b], p.a)
	}
	for _, p := range pairs {
		a, b := f.Root(p.a), f.Root(p.b)
		if p.rank > 1 || a == b || !bound(f, like, members[a], members[b], p.firm) {
			continue
		}
		if p.rank > 0 {
			if !set.Meet(voices[a], voices[b]) && slices.ContainsFunc(voices[a], func(x int) bool {
				return slices.ContainsFunc(voices[b], func(y int) bool { return c.Apart(x, y) })
			}) {
				continue
			}
			// A paraphrase ties two groups only if neither already has a statement of an article of the other's: that would be two
			// things said, unless the two are alike themselves, or two parts of one.
			x, y, small, large := p.a, p.b, a, b
			if len(members[a]) > len(members[b]) {
				x, y, small, large = p.b, p.a, b, a
			}
			if said[x].Doc != said[y].Doc && slices.ContainsFunc(members[small], func(k int) bool {
				return crowds[large][said[k].Doc] > 0 && !another(f, said, like, k, y, crowds[large], v)
			}) {
				continue
			}
		}
		f.Join(a, b)
		r, o := f.Root(a), a+b-f.Root(a)
		if len(members[r]) < len(members[o]) {
			crowds[r], crowds[o] = crowds[o], crowds[r]
		}
		for doc, n := range crowds[o] {
			crowds[r][doc] += n
		}
		members[r] = append(members[r], members[o]...)
		reasons[r] = append(append(reasons[r], reasons[o]...), p.why)
		sure[r] = min(sure[r], sure[o], p.sure)
		voices[r] = set.Union(voices[r], voices[o])
		members[o], reasons[o], crowds[o], voices[o] = nil, nil, nil, nil
	}
	var out []Utterance
	for i := range said {
		slices.Sort(members[i])
		ms := corpus.Kept(members[i], func(k int) bool { return !taken[said[k].ID] }, func(k int) bool { return !docs[said[k].Doc].Next })
		if len(ms) < 2 {
			continue
		}
		u := Utterance{Members: ms, why: reasons[i], sure: sure[i]}
		u.fill(docs, said, v, c)
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
func bound(f set.Forest, like [][]int, a, b []int, firm bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return true
	}
	root := f.Root(b[0])
	a = a[:min(len(a), boundMembers)]
	part := boundShare
	if firm {
		part = boundFirm
	}
	need := min(boundEnough, int(math.Ceil(part*float64(len(a)*len(b)))))
	n := 0
	for _, i := range a {
		for _, j := range like[i][:min(len(like[i]), boundLike)] {
			if f.Root(j) == root {
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
func another(f set.Forest, said []*sayings.Saying, like [][]int, x, y int, large crowd, v *sayings.Speech) bool {
	root, n := f.Root(y), 0
	for _, z := range like[x][:min(len(like[x]), boundLike)] {
		if f.Root(z) == root && said[z].Doc == said[x].Doc {
			n++
		}
	}
	if n > 0 {
		return n == large[said[x].Doc]
	}
	mine, theirs := v.Distinct(said[x].Toks), v.Distinct(said[y].Toks)
	quotes := quotedBoth(said[x], said[y], v)
	for _, z := range like[y][:min(len(like[y]), boundLike)] {
		if f.Root(z) != root || said[z].Doc != said[x].Doc {
			continue
		}
		if said[x].Overlaps(said[z]) {
			return false
		}
		n++
		if more := quotedBoth(said[z], said[y], v); len(quotes) > 0 && len(more) > 0 {
			if float64(inBoth(quotes, more)) > anotherShare*float64(min(len(quotes), len(more))) {
				return false
			}
			continue
		}
		var of, again float64
		other := v.Distinct(said[z].Toks)
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
	return n > 0 && n == large[said[x].Doc]
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
func quotedBoth(a, b *sayings.Saying, v *sayings.Speech) []int {
	var out, row []int
	last := sayings.Match{A: -2, B: -2}
	for _, m := range append(sayings.Align(a.Toks, b.Toks, v), last) {
		same := m.A >= 0 && a.Toks[m.A].Quoted && b.Toks[m.B].Quoted
		if !same || m.A != last.A+1 || m.B != last.B+1 {
			if len(row) >= partRun {
				out = append(out, row...)
			}
			row = row[:0]
		}
		if same {
			row = append(row, m.B)
		}
		last = m
	}
	return out
}

// fill makes the row of an utterance.
func (u *Utterance) fill(docs []*corpus.Doc, said []*sayings.Saying, v *sayings.Speech, c *speakers.Cast) {
	row := &u.Row
	u.Wording = u.Members[0]
	for _, i := range u.Members {
		s, w := said[i], said[u.Wording]
		if s.Headline {
			continue
		}
		known := docs[w.Doc].At != docs[s.Doc].At // which was first
		if w.Headline || cmp.Or(longer(s.Quoted, w.Quoted, quotedSlack, known), cmp.Compare(b2i(c.Named(s.Voice)), b2i(c.Named(w.Voice))), longer(len(s.Toks), len(w.Toks), wordsSlack, known)) > 0 {
			u.Wording = i
		}
	}
	w := said[u.Wording]
	row.ID = onrecord.NewID(onrecord.UtteranceKind, said[u.Members[0]].ID)
	row.Wording = w.Words(docs[w.Doc])
	var who []int
	articles := map[int]bool{}
	for _, i := range u.Members {
		s := said[i]
		row.Statements = append(row.Statements, s.ID)
		articles[s.Doc] = true
		if day, ok := docs[s.Doc].Article.Published.Day(); ok && (row.First.IsZero() || day.Before(row.First)) {
			row.First = day
		}
		if s.Voice >= 0 && c.Voices[s.Voice].Named() && !slices.Contains(who, s.Voice) {
			who = append(who, s.Voice)
		}
	}
	if persons := slices.DeleteFunc(slices.Clone(who), func(r int) bool { return c.Voices[r].Kind != onrecord.Person }); len(persons) > 0 {
		who = persons
	}
	if len(who) == 1 {
		row.Speaker = c.ID(who[0])
	}
	for _, i := range u.Members {
		if i != u.Wording {
			row.Drift = append(row.Drift, drift(docs, w, said[i], v, c)...)
		}
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", corpus.Plural(len(u.Members), "rendition"), corpus.Plural(len(articles), "article")))
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
