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
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/utterances"
	"github.com/onrecord/onrecord/meaning"
)

const (
	denialDays          = 14
	attributionSpeakers = 12 // speakers before it that one is held against to whom the same words are given
	disputeStatement    = 60 // statements of its story that one denial is compared with, the nearest first
)

// Find takes what is said, the utterances, the measures and the report of every document, and gives what cannot both stand or denies
// each other, by kind.
func Find(r *sayings.Record, us []utterances.Utterance, ms []measures.Measure, reportOf []int) []onrecord.Dispute {
	f := &finder{Record: r, utterances: us, utteranceOf: utterances.Of(us), byID: map[string]*sayings.Saying{}, claims: map[int][]*sayings.Saying{}, seen: map[string]bool{}, docOf: map[string]int{}, sentences: map[string][]meaning.Sentence{}}
	for _, s := range r.Sayings {
		f.byID[s.ID] = s
		if s.Stance != onrecord.Denies && s.Stance != onrecord.Declines {
			f.claims[s.Story] = append(f.claims[s.Story], s)
		}
	}
	f.denials()
	f.contradictions()
	conducts(f)
	f.settle()
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
	seen        map[string]bool               // ids of rows
	found       []quarrel                     // denials and contradictions, before those of one question are made one
	docOf       map[string]int                // statement -> document
	sentences   map[string][]meaning.Sentence // statement -> its sentences, as far as they were compared
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

// near says whether two sayings were printed within the days that a denial may take.
func (f *finder) near(a, b *sayings.Saying) bool {
	return corpus.Near(f.Docs[a.Doc], f.Docs[b.Doc], denialDays)
}

// stories are the claims of every story that has one, in order.
func (f *finder) stories() [][]*sayings.Saying {
	var out [][]*sayings.Saying
	for _, k := range slices.Sorted(maps.Keys(f.claims)) {
		out = append(out, f.claims[k])
	}
	return out
}

// namedThere says whether the words that say who speaks name him.
func (f *finder) namedThere(s *sayings.Saying) bool {
	if len(s.Source)+len(s.Cue) == 0 {
		return true // what goes on after a paragraph has no words of its own for who says it
	}
	name := familyName(f.Cast.Voices[s.Voice].Name)
	return slices.ContainsFunc(s.Source, func(span onrecord.Span) bool {
		return slices.ContainsFunc(names.Words(span.Of(f.Docs[s.Doc].Text)), func(w string) bool { return corpus.Stem(w) == name })
	})
}

// attributions finds utterances that are given to two speakers. Each is held against the attributionSpeakers before.
func (f *finder) attributions() {
	for _, u := range f.utterances {
		by := map[int][]string{}
		var order []int
		for _, i := range u.Members {
			s := f.Sayings[i]
			if !f.Cast.Named(s.Voice) || s.SpeakerConfidence > 0 && !s.Certain() || s.Parent != "" || !f.namedThere(s) {
				continue // it may be the reading that gives it to another
			}
			if by[s.Voice] == nil {
				order = append(order, s.Voice)
			}
			by[s.Voice] = append(by[s.Voice], s.ID)
		}
		for i, a := range order {
			for _, b := range order[max(0, i-attributionSpeakers):i] {
				if !f.Cast.Others(a, b) {
					continue
				}
				if why := f.opposite(f.byID[by[b][0]], f.byID[by[a][0]]); why != "" {
					f.add(onrecord.Contradiction, by[b], by[a], "two speakers say opposite things: "+why, 0.5)
				} else {
					f.add(onrecord.Attribution, by[b], by[a], fmt.Sprintf("the same words are given to %s and to %s", f.Cast.Voices[b].Name, f.Cast.Voices[a].Name), 0.8)
				}
			}
		}
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

// littleWeight is the weight from which a word tells a little.
const littleWeight = 1.6

// A shared is what two sayings have in common.
type shared struct {
	part    float64 // share, by weight, of the words of the one with fewer
	telling int     // words that tell something
	words   int     // and words that tell a little
	names   int
}

// common is what two sayings have in common.
func common(a, b *sayings.Saying, v *sayings.Speech) (s shared) {
	inA, inB := v.Distinct(a.Toks), v.Distinct(b.Toks)
	var sum float64
	for _, id := range slices.Sorted(maps.Keys(inA)) {
		if _, ok := inB[id]; !ok {
			continue
		}
		sum += inA[id]
		switch {
		case inA[id] > sayings.ContentWeight:
			s.telling++
		case v.IsName(id):
			s.names++
		case inA[id] > littleWeight:
			s.words++
		}
	}
	s.part = corpus.Share(sum, min(a.Weight, b.Weight))
	return s
}
