package reading

import (
	"slices"
	"sort"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// farthestTime is how many tokens may stand between a cue and the time that belongs to it.
const farthestTime = 12

// said is when the statement was made, from the nearest time in the clause of its cue ("said Wednesday", "told reporters in
// Oslo last month"); else, on a live page, that of its entry. It is unknown where the time was not resolved, and where it lies after the day of publication.
func (x index) said(l *english.Layer, s *draft, times []onrecord.Time, stamps []int, published onrecord.Published) onrecord.Interval {
	best, distance := -1, farthestTime
	for _, cue := range s.Cue {
		r := x.d.TokensIn(cue)
		from := max(0, min(r.First-farthestTime, len(x.d.Tokens)-1))
		if len(x.d.Tokens) == 0 {
			break
		}
		begin := x.d.Tokens[from].Start
		for t := sort.Search(len(times), func(t int) bool { return times[t].Span.Start >= begin }); t < len(times); t++ {
			at := x.d.TokensIn(times[t].Span)
			if at.First > r.End+farthestTime {
				break
			}
			if times[t].Kind != "date" && times[t].Kind != "time" || covers(s.Content, times[t].Span) && !x.cueOwn(l, s, r, at) {
				continue
			}
			if d, ok := x.clause(l, s, r, at); ok && d < distance {
				best, distance = t, d
			}
		}
	}
	if best < 0 {
		best = x.stamped(place(s), times, stamps)
	}
	if best < 0 {
		return onrecord.Interval{}
	}
	when := times[best].Interval
	if day, ok := published.Day(); !when.Known() || ok && !when.From.Before(day.AddDate(0, 0, 1)) {
		return onrecord.Interval{}
	}
	when.Basis = times[best].Span.Of(x.d.Text)
	return when
}

// stamps are the times of the entries of a live page, by index: those of the day that are a paragraph of their own or begin one, where
// there are several.
func (x index) stamps(times []onrecord.Time) []int {
	const (
		fewest  = 3
		longest = 4 // tokens beside the time of a paragraph that is one: "GMT", "Updated"
	)
	var out []int
	for t := range times {
		if times[t].Kind != "time" || !times[t].Interval.Known() {
			continue
		}
		at := x.d.TokensIn(times[t].Span)
		p := x.d.Paragraphs[x.d.ParagraphAt(at.First)]
		if line := p.End-p.First <= at.End-at.First+longest; line && at.First-p.First <= longest/2 {
			out = append(out, t)
		}
	}
	if len(out) < fewest {
		return nil
	}
	return out
}

// stamped is the index of the time of the entry in which byte at stands, or -1.
func (x index) stamped(at int, times []onrecord.Time, stamps []int) int {
	n := sort.Search(len(stamps), func(n int) bool { return times[stamps[n]].Span.Start > at })
	if n == 0 {
		return -1
	}
	return stamps[n-1]
}

// clause is how many tokens stand between a cue and a time, and whether both are of one clause: of one sentence, with no other
// verb, no content, no quotation mark, colon or subordinating word between.
func (x index) clause(l *english.Layer, s *draft, cue, at text.Range) (int, bool) {
	between := text.Range{First: cue.End, End: at.First}
	if x.d.SentenceAt(cue.First) != x.d.SentenceAt(at.First) {
		return 0, false
	}
	if at.First < cue.First { // back to the source or the sentence's beginning: "Holm, who came on Monday, said"
		between = text.Range{First: x.d.Sentences[x.d.SentenceAt(at.First)].First, End: cue.First}
		for _, source := range s.Source {
			if source.End <= x.d.Tokens[at.First].Start {
				between.First = x.d.TokensIn(source).End
			}
		}
	}
	for i := between.First; i < between.End; i++ {
		w := strings.ToLower(x.d.Word(i))
		if lex.subordinating.Has(w) || x.d.Tokens[i].Shape == text.Open || x.d.Tokens[i].Shape == text.Close || covers(s.Content, x.d.Tokens[i].Span) {
			return 0, false
		}
		if i < len(l.Tags) && !covers(s.Source, x.d.Tokens[i].Span) {
			switch l.Tags[i] {
			case "VBD", "VBZ", "VBP", "VB", "MD":
				return 0, false
			}
		}
	}
	return max(at.First-cue.End, cue.First-at.End), true
}

// cueOwn says whether a time that stands first in the content is the cue's: "said Thursday it would stay".
func (x index) cueOwn(l *english.Layer, s *draft, cue, at text.Range) bool {
	if slices.Contains(s.Content, x.d.Span(at)) { // a part of its own, taken for content
		return true
	}
	if at.First != cue.End || at.End >= len(l.Tags) || s.Content[0].Start != x.d.Tokens[at.First].Start {
		return false
	}
	switch l.Tags[at.End] {
	case "PRP", "DT", "NNP", "NNPS", "NN", "NNS", "PRP$", "EX", "IN", "CD", "JJ":
		return true
	}
	return false
}
