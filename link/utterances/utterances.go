// Package utterances groups the statements that render one thing said on one occasion, and tells what drifted between them.
package utterances

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
)

// Utterance is the members of one, in order, with why they are one.
type Utterance struct {
	Members []int
	why     []string
	sure    float64 // that they are one
	Row     onrecord.Utterance
	Wording int // the member that has it
	// Of an utterance whose wording is a part of what its members say: these by that part alone, those that have no other, and which it is
	// of those of its wording.
	said  map[int]*sayings.Saying
	own   []string
	nth   int
	whole []int // the members of all parts of the wording
}

// Together are the members of the utterance, and of those that its wording is joined with in one of its renditions.
func (u *Utterance) Together() []int {
	if u.whole != nil {
		return u.whole
	}
	return u.Members
}

// saying is a member by what it says of the utterance.
func (u *Utterance) saying(r *sayings.Record, i int) *sayings.Saying {
	if s := u.said[i]; s != nil {
		return s
	}
	return r.Sayings[i]
}

// Find takes what is said and the ids of statements that are claimed, and gives the utterances of the others, in the order of their first
// statements, and, by the root of an unnamed speaker, whom it may be by what they say. A statement that joins several things said may be in
// several utterances; one that stands alone is in none.
func Find(r *sayings.Record, claimed map[string]bool, workers int) ([]Utterance, map[int][]onrecord.Lead) {
	us := group(r, claimed, workers)
	return us, leads(r, us)
}

// Of is the utterance, by its place, of every statement that is in one; the first, of a statement that is in several.
func Of(us []Utterance) map[string]int {
	of := map[string]int{}
	for k := range us {
		for _, id := range us[k].Row.Statements {
			if _, ok := of[id]; !ok {
				of[id] = k
			}
		}
	}
	return of
}

// A grouping is statements on the way to utterances: a forest over sayings, with what is known of the group at each root.
type grouping struct {
	*sayings.Record
	set.Forest
	groups []gathering
	like   [][]int // by saying: those that are like it, surest first
}

// A gathering is what is known of the statements of one group.
type gathering struct {
	members []int
	voices  []int // the named ones, voicesMost at most
	reasons []string
	crowd   crowd
	sure    float64
}

// voicesMost is how many speakers of a group are told apart from those of another.
const voicesMost = 16

// group groups statements that render one thing said on one occasion, surest pairs first.
func group(r *sayings.Record, claimed map[string]bool, workers int) []Utterance {
	ruled := r.Ruled()
	pairs := slices.DeleteFunc(likePairs(r, workers), func(p likeness) bool { return ruled.Apart(p.a, p.b) })
	g := &grouping{Record: r, Forest: set.NewForest(len(r.Sayings)), groups: make([]gathering, len(r.Sayings)), like: make([][]int, len(r.Sayings))}
	for i, s := range r.Sayings {
		g.groups[i] = gathering{members: []int{i}, crowd: crowd{s.Doc: 1}, sure: 1}
		if r.Cast.Named(s.Voice) {
			g.groups[i].voices = []int{s.Voice}
		}
	}
	for _, p := range pairs {
		g.like[p.a], g.like[p.b] = append(g.like[p.a], p.b), append(g.like[p.b], p.a)
	}
	joined := map[int]bool{} // what people joined is not taken apart
	for _, j := range ruled.Joins {
		joined[j.A], joined[j.B] = true, true
		if !ruled.Apart(j.A, j.B) && g.Root(j.A) != g.Root(j.B) {
			g.tie(likeness{a: j.A, b: j.B, why: j.Why, sure: 1})
		}
	}
	for _, p := range pairs {
		if g.fits(p) {
			g.tie(p)
		}
	}
	var out []Utterance
	for i := range g.groups {
		x := &g.groups[i]
		slices.Sort(x.members)
		ms := corpus.Kept(x.members, func(k int) bool { return !claimed[r.Sayings[k].ID] }, func(k int) bool { return !r.Docs[r.Sayings[k].Doc].Next })
		if len(ms) < 2 {
			continue
		}
		u := Utterance{Members: ms, why: x.reasons, sure: x.sure}
		parts := []Utterance{u}
		if slices.ContainsFunc(ms, func(k int) bool { return joined[k] }) {
			parts[0].Wording = u.wording(r)
		} else {
			parts = u.split(r)
		}
		for _, part := range parts {
			part.fill(r)
			out = append(out, part)
		}
	}
	return out
}

// fits says whether a pair may make one group of two.
func (g *grouping) fits(p likeness) bool {
	ra, rb := g.Root(p.a), g.Root(p.b)
	if ra == rb || p.strength == support {
		return false
	}
	a, b := &g.groups[ra], &g.groups[rb]
	if !g.bound(a.members, b.members, p.firm) {
		return false
	}
	if p.strength == verbatim {
		return true
	}
	if !set.Meet(a.voices, b.voices) && slices.ContainsFunc(a.voices, func(x int) bool {
		return slices.ContainsFunc(b.voices, func(y int) bool { return g.Cast.Apart(x, y) })
	}) {
		return false
	}
	// A paraphrase ties two groups only if neither already has a statement of an article of the other's: that would be two
	// things said, unless the two are alike themselves, or two parts of one.
	x, y, small, large := p.a, p.b, a, b
	if len(a.members) > len(b.members) {
		x, y, small, large = p.b, p.a, b, a
	}
	return g.Sayings[x].Doc == g.Sayings[y].Doc || !slices.ContainsFunc(small.members, func(k int) bool {
		return large.crowd[g.Sayings[k].Doc] > 0 && !g.another(k, y, large.crowd)
	})
}

// tie makes one group of the two of a pair.
func (g *grouping) tie(p likeness) {
	a, b := g.Root(p.a), g.Root(p.b)
	g.Join(a, b)
	into, from := &g.groups[min(a, b)], &g.groups[max(a, b)]
	if len(into.crowd) < len(from.crowd) {
		into.crowd, from.crowd = from.crowd, into.crowd
	}
	for doc, n := range from.crowd {
		into.crowd[doc] += n
	}
	if len(into.reasons) < len(from.reasons) {
		into.reasons, from.reasons = from.reasons, into.reasons
	}
	into.reasons = append(append(into.reasons, from.reasons...), p.why)
	into.members = append(into.members, from.members...)
	into.sure = min(into.sure, from.sure, p.sure)
	into.voices = set.Union(into.voices, from.voices)
	into.voices = into.voices[:min(len(into.voices), voicesMost)]
	*from = gathering{}
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

// bound says whether enough members of two groups are alike.
func (g *grouping) bound(a, b []int, firm bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) == 1 {
		return true
	}
	root := g.Root(b[0])
	a = a[:min(len(a), boundMembers)]
	part := boundShare
	if firm {
		part = boundFirm
	}
	need := min(boundEnough, int(math.Ceil(part*float64(len(a)*len(b)))))
	n := 0
	for _, i := range a {
		for _, j := range g.likeOf(i) {
			if g.Root(j) == root {
				if n++; n >= need {
					return true
				}
			}
		}
	}
	return false
}

// likeOf are the sayings that are most like one.
func (g *grouping) likeOf(i int) []int { return g.like[i][:min(len(g.like[i]), boundLike)] }

// A crowd is how many statements each document has in a group.
type crowd map[int]int

// anotherShare is the share, by weight, of what two statements of one article have in common with a third, each, up to which they
// render two parts of it.
const anotherShare = 0.4

// partRun is how many words in a row make a part of a quotation.
const partRun = 4

// another says whether the statements of x's article in y's group say the same as x, or render another part of y than x does: an
// article may well tell in its own words what it quotes below, or quote in two pieces. Large is the crowd of y's group.
func (g *grouping) another(x, y int, large crowd) bool {
	said, root, all := g.Sayings, g.Root(y), large[g.Sayings[x].Doc]
	beside := func(list []int) (of []int) { // those of x's article in y's group
		for _, z := range list {
			if g.Root(z) == root && said[z].Doc == said[x].Doc {
				of = append(of, z)
			}
		}
		return of
	}
	if n := len(beside(g.likeOf(x))); n > 0 {
		return n == all
	}
	parts := beside(g.likeOf(y))
	for _, z := range parts {
		if said[x].Overlaps(said[z]) || !otherPart(said[x], said[z], said[y], g.Words) {
			return false
		}
	}
	return len(parts) > 0 && len(parts) == all
}

// otherPart says whether two sayings of one article render two parts of a third.
func otherPart(x, z, y *sayings.Saying, v *sayings.Speech) bool {
	if a, b := quotedBoth(x, y, v), quotedBoth(z, y, v); len(a) > 0 && len(b) > 0 {
		return float64(inBoth(a, b)) <= anotherShare*float64(min(len(a), len(b)))
	}
	var of, again float64
	mine, theirs, other := v.Distinct(x.Toks), v.Distinct(y.Toks), v.Distinct(z.Toks)
	for _, id := range slices.Sorted(maps.Keys(mine)) {
		if _, ok := theirs[id]; ok {
			of += mine[id]
			if _, ok := other[id]; ok {
				again += mine[id]
			}
		}
	}
	return of > 0 && again <= anotherShare*of
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
func (u *Utterance) fill(r *sayings.Record) {
	row := &u.Row
	if u.said == nil {
		u.Wording = u.wording(r)
	}
	w := u.saying(r, u.Wording)
	of := []string{r.Sayings[u.Members[0]].ID}
	if u.nth > 0 {
		of = append(append(of, u.own...), strconv.Itoa(u.nth))
	}
	row.ID = onrecord.NewID(onrecord.UtteranceKind, of...)
	row.Wording = w.Words(r.Docs[w.Doc])
	articles := map[int]bool{}
	for _, i := range u.Members {
		s := r.Sayings[i]
		row.Statements = append(row.Statements, s.ID)
		articles[s.Doc] = true
		if day, ok := r.Docs[s.Doc].Article.Published.Day(); ok && (row.First.IsZero() || day.Before(row.First)) {
			row.First = day
		}
		if i != u.Wording {
			row.Drift = append(row.Drift, drift(r, w, u.saying(r, i))...)
		}
	}
	row.Basis = append(row.Basis, fmt.Sprintf("%s in %s", corpus.Plural(len(u.Members), "rendition"), corpus.Plural(len(articles), "article")))
	slices.Sort(u.why)
	row.Basis = append(row.Basis, slices.Compact(u.why)...)
	row.Confidence = u.sure
	switch who := u.speakers(r); len(who) {
	case 0:
	case 1:
		row.Speaker = r.Cast.ID(who[0])
	default:
		row.Confidence = min(row.Confidence, severalSure)
	}
}

// severalSure is how sure an utterance is at most that is given to several speakers.
const severalSure = 0.6

// wording is the member that the others are compared with: of those in the text, the one with the most words in quotation marks, else
// whose speaker has a name, else the longest.
func (u *Utterance) wording(r *sayings.Record) int {
	best := u.Members[0]
	for _, i := range u.Members {
		s, w := r.Sayings[i], r.Sayings[best]
		if s.Headline {
			continue
		}
		known := r.Docs[w.Doc].At != r.Docs[s.Doc].At // which was first
		if w.Headline || cmp.Or(longer(s.Quoted, w.Quoted, quotedSlack, known), cmp.Compare(b2i(r.Cast.Named(s.Voice)), b2i(r.Cast.Named(w.Voice))), longer(len(s.Toks), len(w.Toks), wordsSlack, known)) > 0 {
			best = i
		}
	}
	return best
}

// speakers are the speakers with names to whom an utterance is given, only the persons where there are any.
func (u *Utterance) speakers(r *sayings.Record) []int {
	var named, persons []int
	seen := map[int]bool{}
	for _, i := range u.Members {
		voice := r.Sayings[i].Voice
		if !r.Cast.Named(voice) || seen[voice] {
			continue
		}
		seen[voice] = true
		named = append(named, voice)
		if r.Cast.Voices[voice].Kind == onrecord.Person {
			persons = append(persons, voice)
		}
	}
	if len(persons) > 0 {
		return persons
	}
	return named
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
