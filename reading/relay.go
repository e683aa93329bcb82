package reading

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/speaker"
	"github.com/onrecord/onrecord/text"
)

// mostInSentence is how many statements of one sentence are looked at: no sentence that a person wrote has more.
const mostInSentence = 32

// relays notes through whom each statement reached the article: "told Reuters", "in an interview with the Courier", "according to
// Tass", "CNN reported". An outlet that only passes on what another says is that statement's relay; where it is the source of a
// statement around the other, its own statement stays.
func (x index) relays(statements []draft, speakers []onrecord.Speaker) {
	inSentence := x.bySentence(statements)
	for i := range statements {
		x.nested(statements, inSentence, speakers, i)
	}
	for n, sentence := range x.d.Sentences {
		if len(inSentence[n]) == 0 {
			continue
		}
		for t := sentence.First; t < sentence.End; {
			name, k := speaker.Outlet(x.d, t)
			if k == 0 {
				t++
				continue
			}
			r := text.Range{First: t, End: t + k}
			if name != "" && x.passesOn(r, sentence) {
				if i := x.nearest(statements, inSentence[n], r); i >= 0 {
					through(&statements[i], name)
				}
			}
			t += k
		}
	}
	for i := range statements { // "told Politico, adding that": the words added were told too
		s := &statements[i]
		for _, a := range s.Addressee {
			r := x.d.TokensIn(a)
			if name, k := speaker.Outlet(x.d, r.First); k > 0 && name != "" && r.First+k == r.End {
				through(s, name)
			}
		}
	}
}

// bySentence is the first statements of each sentence, by where they are made.
func (x index) bySentence(statements []draft) map[int][]int {
	in := map[int][]int{}
	for i := range statements {
		s := x.d.SentenceAt(x.d.TokenAt(place(&statements[i])))
		if len(in[s]) < mostInSentence {
			in[s] = append(in[s], i)
		}
	}
	return in
}

// through adds a relay to a statement.
func through(s *draft, name string) {
	if !slices.Contains(s.Relays, name) {
		s.Relays = append(s.Relays, name)
	}
}

// nested makes the outlet that is the source of statement i the relay of what stands in its content, and of its own where the
// speaker is somebody else ("Tass quoted the ministry as saying").
func (x index) nested(statements []draft, inSentence map[int][]int, speakers []onrecord.Speaker, i int) {
	s := &statements[i]
	if len(s.Source) == 0 {
		return
	}
	r := x.d.TokensIn(s.Source[0])
	name, k := speaker.Outlet(x.d, r.First)
	if k == 0 || name == "" || r.First+k < r.End-1 {
		return
	}
	if s.By >= 0 && !slices.ContainsFunc(speakers[s.By].Spans, s.Source[0].Overlaps) {
		through(s, name)
		return
	}
	for _, j := range inSentence[x.d.SentenceAt(x.d.TokenAt(place(s)))] {
		if t := &statements[j]; j != i && t.By != s.By && (t.Within == i || covers(s.Content, here(t)) || overlap(s.Content, t.Content)) {
			through(t, name)
		}
	}
}

// here is the span of the cue, else of the content.
func here(s *draft) onrecord.Span {
	switch {
	case len(s.Cue) > 0:
		return s.Cue[0]
	case len(s.Content) > 0:
		return s.Content[0]
	}
	return onrecord.Span{}
}

func overlap(a, b []onrecord.Span) bool {
	return slices.ContainsFunc(a, func(s onrecord.Span) bool { return covers(b, s) })
}

// passesOn says whether the words around an outlet make it a relay.
func (x index) passesOn(r text.Range, sentence text.Range) bool {
	w := func(i int) string {
		if i < sentence.First || i >= sentence.End {
			return ""
		}
		return strings.ToLower(x.d.Word(i))
	}
	if possessive := w(r.End); possessive == "'s" || possessive == "’s" { // "CNN's Ann Lee": spoken to all the same
		return w(r.First-1) == "told"
	}
	switch before := w(r.First - 1); before {
	case "to":
		return w(r.First-2) == "according" || lex.spokenTo.Has(w(r.First-2))
	case "with":
		return lex.spokenTo.Has(w(r.First - 2))
	case "on":
		return lex.spokenTo.Has(w(r.First - 2))
	case "by":
		return lex.passedOn.Has(w(r.First - 2))
	default:
		return lex.told.Has(before)
	}
}

// nearest is the statement that a relay at r belongs to: the one whose cue stands nearest before it, else behind. Statements in
// whose content it stands are out.
func (x index) nearest(statements []draft, in []int, r text.Range) int {
	at := x.d.Span(r)
	best, gap := -1, 0
	for _, i := range in {
		s := &statements[i]
		if covers(s.Content, at) || covers(s.Source, at) {
			continue
		}
		c := here(s)
		d := at.Start - c.End
		if d < 0 {
			d = 2*(c.Start-at.End) + 1
		}
		if best < 0 || d < gap {
			best, gap = i, d
		}
	}
	return best
}
