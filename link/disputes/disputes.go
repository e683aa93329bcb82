// Package disputes finds what cannot both stand, or denies each other.
package disputes

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/measures"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/speakers"
	"github.com/onrecord/onrecord/link/utterances"
)

const (
	denialDays          = 14
	denialShare         = 0.5 // share of a denial's words that the claim has, or of the claim's that the denial has
	contradictShare     = 0.66
	attributionSpeakers = 12 // speakers before it that one is held against to whom the same words are given
	disputeStatement    = 60 // statements of its story that one denial is compared with, the nearest first
)

// Find takes what is said, the utterances, the measures and the report of every document, and gives what cannot both stand or denies
// each other, by kind.
func Find(r *sayings.Record, us []utterances.Utterance, ms []measures.Measure, reportOf []int) []onrecord.Dispute {
	f := &finder{Record: r, utterances: us, utteranceOf: utterances.Of(us), byID: map[string]*sayings.Saying{}, claims: map[int][]*sayings.Saying{}, seen: map[string]bool{}}
	for _, s := range r.Sayings {
		f.byID[s.ID] = s
		if s.Stance != onrecord.Denies && s.Stance != onrecord.Declines {
			f.claims[s.Story] = append(f.claims[s.Story], s)
		}
	}
	f.denials()
	f.contradictions()
	conducts(f)
	f.attributions()
	for i := range ms {
		f.figures(&ms[i], reportOf)
	}
	slices.SortFunc(f.rows, func(a, b onrecord.Dispute) int {
		return cmp.Or(cmp.Compare(order(a.Kind), order(b.Kind)), cmp.Compare(a.ID, b.ID))
	})
	return f.rows
}

// order is the place of a kind of dispute among the others.
func order(kind string) int {
	return slices.Index([]string{onrecord.Denial, onrecord.Contradiction, onrecord.Attribution, onrecord.Figures}, kind)
}

// A finder holds what is said while disputes are found in it.
type finder struct {
	*sayings.Record
	utterances  []utterances.Utterance
	utteranceOf map[string]int // statement -> utterance
	byID        map[string]*sayings.Saying
	claims      map[int][]*sayings.Saying // by story: what is neither denied nor declined, in canonical order
	rows        []onrecord.Dispute
	seen        map[string]bool // ids of rows
}

// add makes a row, once, of the ids of two sides.
func (f *finder) add(kind string, a, b []string, basis string, sure float64) {
	a, b = sorted(a), sorted(b)
	d := onrecord.Dispute{Kind: kind, Sides: [2][]string{a, b}, Basis: basis, Confidence: sure}
	d.ID = onrecord.NewID(onrecord.DisputeKind, slices.Concat([]string{kind}, a, []string{"against"}, b)...)
	if !f.seen[d.ID] {
		f.seen[d.ID] = true
		f.rows = append(f.rows, d)
	}
}

// renditions are the statements that render what a statement does, itself among them.
func (f *finder) renditions(id string) []string {
	if k, ok := f.utteranceOf[id]; ok {
		return f.utterances[k].Row.Statements
	}
	return []string{id}
}

// oneUtterance says whether two statements render one thing said.
func (f *finder) oneUtterance(a, b string) bool {
	k, ok := f.utteranceOf[a]
	l, also := f.utteranceOf[b]
	return a == b || ok && also && k == l
}

// denials finds what is denied: by the article itself, in the same words, or of the same use of force.
func (f *finder) denials() {
	docOf := map[string]int{}
	denied := &denialSet{at: map[[2]string]int{}}
	for i, d := range f.Docs {
		doubtful := map[string]bool{}
		for k := range d.Statements {
			doubtful[d.Statements[k].ID] = d.Statements[k].Doubtful()
		}
		for k := range d.Statements {
			s := &d.Statements[k]
			docOf[s.ID] = i
			if s.Stance == onrecord.Denies && s.Denied != "" && !doubtful[s.Denied] {
				f.deny(denied, s.ID, s.Denied, "the article itself puts the denial against the claim", 0.9)
			}
		}
	}
	for _, s := range f.Sayings {
		if s.Stance != onrecord.Denies {
			continue
		}
		own := f.claims[s.Story]
		at, _ := slices.BinarySearchFunc(own, s.Order, func(x *sayings.Saying, order int) int { return x.Order - order })
		for _, claim := range own[max(0, at-disputeStatement/2):min(len(own), at+disputeStatement/2)] {
			if claim.ID == s.Denied || claim.Stance == onrecord.Promises || claim.Stance == onrecord.Asks || f.Cast.OneSide(s.Voice, claim.Voice) || s.Overlaps(claim) || !f.near(s, claim) {
				continue
			}
			common, tellingWords := common(s, claim, f.Words)
			if tellingWords >= 2 && common >= denialShare {
				f.deny(denied, s.ID, claim.ID, fmt.Sprintf("the denial has %.0f%% of the shorter one's words, %d of them telling", 100*common, tellingWords), 0.6)
			} else if aim := deniedForce(f.Record, s, claim); aim != "" {
				f.deny(denied, s.ID, claim.ID, "the denial and the claim are of force used against "+aim, 0.5)
			}
		}
	}
	for _, x := range denied.all {
		f.add(onrecord.Denial, x.denied, x.claimed, x.basis+"; "+whoPrinted(f.Docs, docOf, x.denied, x.claimed), x.sure)
	}
}

// deny notes a denial. Denials by one speaker of one utterance are one dispute, however many articles print them.
func (f *finder) deny(set *denialSet, denied, claimed, basis string, sure float64) {
	who, what := denied, claimed
	if s := f.byID[denied]; s != nil && s.Voice >= 0 {
		who = f.Cast.ID(s.Voice)
	} else if k, ok := f.utteranceOf[denied]; ok {
		who = f.utterances[k].Row.ID
	}
	if k, ok := f.utteranceOf[claimed]; ok {
		what = f.utterances[k].Row.ID
	}
	set.add([2]string{who, what}, f.renditions(denied), f.renditions(claimed), basis, sure)
}

// near says whether two sayings were printed within the days that a denial may take.
func (f *finder) near(a, b *sayings.Saying) bool {
	return corpus.Near(f.Docs[a.Doc], f.Docs[b.Doc], denialDays)
}

// contradictions finds the same words, one of them negated, by two speakers of one story.
func (f *finder) contradictions() {
	for _, own := range f.stories() {
		for i, a := range own {
			for _, b := range own[max(0, i-disputeStatement/2):i] {
				if f.oneUtterance(a.ID, b.ID) || f.Cast.Relation(a.Voice, b.Voice) != speakers.OtherSpeaker || !f.near(a, b) || negative(a, f.Words) == negative(b, f.Words) || a.Overlaps(b) {
					continue
				}
				// Of the longer one too: else any short phrase inside a long statement with a "not" in it would contradict it.
				if common, tellingWords := common(a, b, f.Words); tellingWords >= 2 && common*min(a.Weight, b.Weight) >= contradictShare*max(a.Weight, b.Weight) {
					f.add(onrecord.Contradiction, f.renditions(b.ID), f.renditions(a.ID), fmt.Sprintf("two speakers use the same words, one of them with a negation: %.0f%% of the shorter one's words, %d of them telling", 100*common, tellingWords), 0.5)
				}
			}
		}
	}
}

// stories are the claims of every story that has one, in order.
func (f *finder) stories() [][]*sayings.Saying {
	var out [][]*sayings.Saying
	for _, k := range slices.Sorted(maps.Keys(f.claims)) {
		out = append(out, f.claims[k])
	}
	return out
}

// attributions finds utterances that are given to two speakers. Each is held against the attributionSpeakers before.
func (f *finder) attributions() {
	for _, u := range f.utterances {
		by := map[int][]string{}
		var order []int
		for _, i := range u.Members {
			s := f.Sayings[i]
			if !f.Cast.Named(s.Voice) || s.SpeakerConfidence > 0 && !s.Certain() {
				continue // it may be the reading that gives it to another
			}
			if by[s.Voice] == nil {
				order = append(order, s.Voice)
			}
			by[s.Voice] = append(by[s.Voice], s.ID)
		}
		for i, a := range order {
			for _, b := range order[max(0, i-attributionSpeakers):i] {
				if f.Cast.Others(a, b) {
					f.add(onrecord.Attribution, by[b], by[a], fmt.Sprintf("the same words are given to %s and to %s", f.Cast.Voices[b].Name, f.Cast.Voices[a].Name), 0.8)
				}
			}
		}
	}
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
		if english.negations.Has(v.Entry(t.ID).Name) {
			n++
		}
	}
	return n%2 == 1
}
