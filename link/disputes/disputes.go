// Package disputes finds what cannot both stand, or denies each other.
package disputes

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/measures"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
	"github.com/onrecord/onrecord/link/utterances"
)

const (
	denialDays       = 14
	denialShare      = 0.5 // share of a denial's words that the claim has, or of the claim's that the denial has
	contradictShare  = 0.66
	sameDays         = 1  // days within which two figures are as of one time
	disputeFigures   = 60 // figures before it, as of about one time, that one figure is compared with
	disputeStatement = 60 // statements of its story that one denial is compared with, the nearest first
)

// Find takes what is said, the utterances, the measures and the report of every document, and gives what cannot both stand or denies
// each other, by kind.
func Find(r *sayings.Record, us []utterances.Utterance, ms []measures.Measure, reportOf []int) []onrecord.Dispute {
	docs, said, v, c := r.Docs, r.Sayings, r.Words, r.Cast
	var out []onrecord.Dispute
	seen := map[string]bool{}
	add := func(kind string, a, b []string, basis string, sure float64) {
		a, b = sorted(a), sorted(b)
		d := onrecord.Dispute{Kind: kind, Sides: [2][]string{a, b}, Basis: basis, Confidence: sure}
		d.ID = onrecord.NewID(onrecord.DisputeKind, append(append([]string{kind}, a...), append([]string{"against"}, b...)...)...)
		if !seen[d.ID] {
			seen[d.ID] = true
			out = append(out, d)
		}
	}
	byID := map[string]*sayings.Saying{}
	for _, s := range said {
		byID[s.ID] = s
	}
	utteranceOf := map[string]int{}
	for k, u := range us {
		for _, i := range u.Members {
			utteranceOf[said[i].ID] = k
		}
	}
	renditions := func(id string) []string {
		if k, ok := utteranceOf[id]; ok {
			return us[k].Row.Statements
		}
		return []string{id}
	}

	together := func(a, b string) bool { // renditions of one utterance
		k, ok := utteranceOf[a]
		l, also := utteranceOf[b]
		return a == b || ok && also && k == l
	}

	docOf := map[string]int{}
	for i, d := range docs {
		for k := range d.Statements {
			docOf[d.Statements[k].ID] = i
		}
	}
	denials := &denialSet{at: map[[2]string]int{}}
	denial := func(denied, claimed, basis string, sure float64) {
		// Denials by one speaker of one utterance are one dispute, however many articles print them.
		who, what := denied, claimed
		if s := byID[denied]; s != nil && s.Voice >= 0 {
			who = c.ID(s.Voice)
		} else if k, ok := utteranceOf[denied]; ok {
			who = us[k].Row.ID
		}
		if k, ok := utteranceOf[claimed]; ok {
			what = us[k].Row.ID
		}
		denials.add([2]string{who, what}, renditions(denied), renditions(claimed), basis, sure)
	}

	claims := map[int][]*sayings.Saying{} // by story
	for _, s := range said {
		if s.Stance != onrecord.Denies && s.Stance != onrecord.Declines {
			claims[s.Story] = append(claims[s.Story], s)
		}
	}
	for i := range docs {
		for k := range docs[i].Statements {
			s := &docs[i].Statements[k]
			if s.Stance == onrecord.Denies && s.Denied != "" {
				denial(s.ID, s.Denied, "the article itself puts the denial against the claim", 0.9)
			}
		}
	}
	for _, s := range said {
		if s.Stance != onrecord.Denies {
			continue
		}
		own := claims[s.Story]
		at, _ := slices.BinarySearchFunc(own, s.Order, func(x *sayings.Saying, order int) int { return x.Order - order })
		for _, claim := range own[max(0, at-disputeStatement/2):min(len(own), at+disputeStatement/2)] {
			if claim.ID == s.Denied || c.OneSide(s.Voice, claim.Voice) || claim.Stance == onrecord.Promises || claim.Stance == onrecord.Asks || s.Overlaps(claim) || !corpus.Near(docs[s.Doc], docs[claim.Doc], denialDays) {
				continue
			}
			common, tellingWords := common(s, claim, v)
			if tellingWords >= 2 && common >= denialShare {
				denial(s.ID, claim.ID, fmt.Sprintf("the denial has %.0f%% of the shorter one's words, %d of them telling", 100*common, tellingWords), 0.6)
			} else if s.Voice >= 0 && s.Doc == claim.Doc {
				// "denies targeting civilians", of those who say that it killed some.
				x, y := conductOf(docs[s.Doc], s, v), conductOf(docs[claim.Doc], claim, v)
				if x.act && y.act && set.Meet(x.yes, y.yes) && set.Meet(c.Sides[s.Voice], y.states) {
					denial(s.ID, claim.ID, "the denial and the claim are of force used against "+set.Common(x.yes, y.yes)[0], 0.5)
				}
			}
		}
	}

	for _, x := range denials.all {
		add(onrecord.Denial, x.denied, x.claimed, x.basis+"; "+whoPrinted(docs, docOf, x.denied, x.claimed), x.sure)
	}

	// Contradictions: the same words, one of them negated, by two speakers of one story.
	for _, own := range storiesInOrder(claims) {
		for i, a := range own {
			for _, b := range own[max(0, i-disputeStatement/2):i] {
				if together(a.ID, b.ID) || c.Relation(a.Voice, b.Voice) != speakers.OtherSpeaker || !corpus.Near(docs[a.Doc], docs[b.Doc], denialDays) || negative(a, v) == negative(b, v) || a.Overlaps(b) {
					continue
				}
				// Of the longer one too: else any short phrase inside a long statement with a "not" in it would contradict it.
				if common, tellingWords := common(a, b, v); tellingWords >= 2 && common*min(a.Weight, b.Weight) >= contradictShare*max(a.Weight, b.Weight) {
					add(onrecord.Contradiction, renditions(b.ID), renditions(a.ID), fmt.Sprintf("two speakers use the same words, one of them with a negation: %.0f%% of the shorter one's words, %d of them telling", 100*common, tellingWords), 0.5)
				}
			}
		}
	}

	conducts(docs, storiesInOrder(claims), v, c, renditions, add)

	// Attribution: one utterance, two persons.
	for _, u := range us {
		by := map[int][]string{}
		var order []int
		for _, i := range u.Members {
			s := said[i]
			if s.Voice < 0 || !c.Voices[s.Voice].Named() || s.SpeakerConfidence > 0 && !s.Certain() {
				continue // it may be the reading that gives it to another
			}
			if by[s.Voice] == nil {
				order = append(order, s.Voice)
			}
			by[s.Voice] = append(by[s.Voice], s.ID)
		}
		for i, a := range order {
			for _, b := range order[:i] {
				if c.Others(a, b) {
					add(onrecord.Attribution, by[b], by[a], fmt.Sprintf("the same words are given to %s and to %s", c.Voices[b].Name, c.Voices[a].Name), 0.8)
				}
			}
		}
	}

	// Figures that answer one question as of one time and exclude each other. The same report, or one thing said in several
	// wordings, is one answer, unless one article answers twice. One dispute for two values, however many articles print them.
	for _, m := range ms {
		between := map[[2]string]*valuePair{}
		judge := func(i, j int) {
			a, b := m.Questions[i], m.Questions[j]
			if a.Utterance >= 0 && a.Utterance == b.Utterance {
				return
			}
			if a.Doc != b.Doc && reportOf[a.Doc] == reportOf[b.Doc] || a.Doc == b.Doc && m.Complement[i] == m.Complement[j] {
				return
			}
			if _, _, ok := measures.InOneUnit(a, b); !ok || measures.Converts(a, b) {
				return
			}
			b = b.In(a.Unit)
			alow, ahigh := measures.Bounds(a, m.Complement[i])
			blow, bhigh := measures.Bounds(b, m.Complement[j])
			if alow <= bhigh && blow <= ahigh || a.Besides != b.Besides && math.Abs(a.Low-b.Low) == 1 {
				return
			}
			va, vb := interval(alow, ahigh), interval(blow, bhigh)
			key := [2]string{va, vb}
			if alow > blow {
				key, a, b = [2]string{vb, va}, b, a
			}
			p := between[key]
			if p == nil {
				p = &valuePair{inside: true}
				between[key] = p
			}
			p.sides[0], p.sides[1] = append(p.sides[0], a.ID), append(p.sides[1], b.ID)
			p.inside = p.inside && a.Doc == b.Doc
		}
		// By the day for which they hold, so that only those of one time are compared, and each with few others.
		order := make([]int, len(m.Questions))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(i, j int) int {
			return cmp.Compare(measures.AsOf(docs, m.Questions[i]), measures.AsOf(docs, m.Questions[j]))
		})
		inDoc := map[int][]int{}
		for at, i := range order {
			a := m.Questions[i]
			for back := at - 1; back >= max(0, at-disputeFigures) && corpus.Apart(measures.AsOf(docs, a), measures.AsOf(docs, m.Questions[order[back]])) <= sameDays; back-- {
				judge(max(i, order[back]), min(i, order[back]))
			}
			for _, j := range inDoc[a.Doc][max(0, len(inDoc[a.Doc])-disputeFigures):] {
				judge(max(i, j), min(i, j))
			}
			inDoc[a.Doc] = append(inDoc[a.Doc], i)
		}
		keys := make([][2]string, 0, len(between))
		for k := range between {
			keys = append(keys, k)
		}
		slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
		for _, k := range keys {
			p := between[k]
			basis := fmt.Sprintf("%s: %s and %s exclude each other", m.Row.Label, k[0], k[1])
			if p.inside {
				basis += ", inside one article"
			}
			add(onrecord.Figures, p.sides[0], p.sides[1], basis, 0.6)
		}
	}
	slices.SortFunc(out, func(a, b onrecord.Dispute) int {
		if a.Kind != b.Kind {
			return slices.Index(disputeKinds, a.Kind) - slices.Index(disputeKinds, b.Kind)
		}
		return compareStrings(a.ID, b.ID)
	})
	return out
}

// A valuePair is the figures of a measure that give one value and those that give another.
type valuePair struct {
	sides  [2][]string
	inside bool // one article gives both
}

// A denialSet is denials by who denies and what is denied, in the order in which they were found.
type denialSet struct {
	at  map[[2]string]int
	all []deniedClaim
}

type deniedClaim struct {
	denied, claimed []string
	basis           string
	sure            float64
}

func (d *denialSet) add(key [2]string, denied, claimed []string, basis string, sure float64) {
	k, ok := d.at[key]
	if !ok {
		d.at[key] = len(d.all)
		d.all = append(d.all, deniedClaim{denied, claimed, basis, sure})
		return
	}
	x := &d.all[k]
	x.denied = append(slices.Clone(x.denied), denied...)
	x.claimed = append(slices.Clone(x.claimed), claimed...)
	if sure > x.sure {
		x.basis, x.sure = basis, sure
	}
}

// whoPrinted says how many articles print a claim with its denial, and which without.
func whoPrinted(docs []*corpus.Doc, docOf map[string]int, denied, claimed []string) string {
	in := map[int]bool{}
	for _, id := range denied {
		in[docOf[id]] = true
	}
	var with, without []int
	for _, id := range claimed {
		if i := docOf[id]; in[i] {
			with = append(with, i)
		} else {
			without = append(without, i)
		}
	}
	slices.Sort(with)
	slices.Sort(without)
	with, without = slices.Compact(with), slices.Compact(without)
	says := printed(len(with)) + " the claim with the denial"
	if len(without) > 0 {
		var names []string
		for _, i := range without[:min(len(without), shownArticles)] {
			names = append(names, docs[i].Called())
		}
		says += fmt.Sprintf(", %s it without: %s", printed(len(without)), strings.Join(names, ", "))
	}
	return says
}

// shownArticles is how many articles a basis names.
const shownArticles = 5

func printed(n int) string {
	if n == 1 {
		return "1 article prints"
	}
	return fmt.Sprintf("%d articles print", n)
}

var disputeKinds = []string{onrecord.Denial, onrecord.Contradiction, onrecord.Attribution, onrecord.Figures}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func storiesInOrder(m map[int][]*sayings.Saying) [][]*sayings.Saying {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([][]*sayings.Saying, len(keys))
	for i, k := range keys {
		out[i] = m[k]
	}
	return out
}

func sorted(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// common is the share, by weight, of the words of the one with fewer that the other has, and how many of them tell something.
func common(a, b *sayings.Saying, v *sayings.Speech) (part float64, tellingWords int) {
	inA, inB := v.Distinct(a.Toks), v.Distinct(b.Toks)
	var sum float64
	for _, id := range slices.Sorted(maps.Keys(inA)) {
		if _, ok := inB[id]; ok {
			sum += inA[id]
			if inA[id] > sayings.ContentWeight {
				tellingWords++
			}
		}
	}
	return corpus.Share(sum, min(a.Weight, b.Weight)), tellingWords
}

// negative says whether a statement has an odd number of negations.
func negative(s *sayings.Saying, v *sayings.Speech) bool {
	n := 0
	for _, t := range s.Toks {
		if utterances.Negations[v.Name[t.ID]] {
			n++
		}
	}
	return n%2 == 1
}

// interval shows the values that a figure allows.
func interval(low, high float64) string {
	switch {
	case low == high:
		return measures.Number(low)
	case high > 1e15:
		return measures.Number(low) + " or more" // "at least", "more than"
	}
	return measures.Number(low) + " to " + measures.Number(high)
}
