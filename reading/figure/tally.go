package figure

import (
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/when/number"
)

// tallyReach is how many atoms before its figure the noun of a tally may stand: "the number of people killed when a ferry capsized off
// Lorn rose to 21".
const tallyReach = 24

// tally reads what a bare number counts of the noun that says how many there are: "the death toll rose to 62", "lowered the number
// of dead to 58", "an earlier count of 40".
func (f *finder) tally(x *onrecord.Figure, q quantity, end int) {
	t := f.t
	if x.Unit != "" || q.part() || q.ranged || q.multiple || q.zero || q.noun > 0 || x.ThingSpan.Start >= t.Atoms[q.first].Start {
		return
	}
	if role := words.roles.Of(t.Low(end)); role != "" && role == x.Role { // "14 dead", "an earlier figure of 31 injured"
		f.setCounted(x, t.At(end).Span, role)
		return
	}
	if r := f.roleOfHead(x.ThingSpan, q); r != "" && x.Role == "" { // "deaths climbed to 17"
		x.Role = r
	}
	k := f.beforeFigure(q.first)
	switch w := t.Low(k); {
	case w == "of" && words.tallies.Has(t.Low(k-1)):
		if r := words.tolls.Of(t.Low(k - 1)); r == "" && words.roles.Of(t.Low(k-2)) == "" {
			f.countsAsBefore(x, q)
		}
	case words.toLevels.Has(w), words.subjectVerbs.Has(w):
		f.tallyBefore(x, q, k)
	}
}

// setCounted gives a figure what it counts and what happened to it.
func (f *finder) setCounted(x *onrecord.Figure, thing onrecord.Span, role string) {
	x.ThingSpan, x.Thing, x.Role = thing, thing.Of(f.t.Source), role
}

// countsAsBefore gives a figure what the last one counts, of this sentence or the one before: "an earlier count of 40 was wrong".
func (f *finder) countsAsBefore(x *onrecord.Figure, q quantity) {
	x.Thing, x.ThingSpan = "", onrecord.Span{}
	n := len(f.out)
	if n == 0 || f.sent[q.first]-f.sent[f.prev.first] > 1 {
		return
	}
	if p := &f.out[n-1]; p.Unit == "" && p.Role != "" && !f.prev.part() {
		f.setCounted(x, p.ThingSpan, p.Role)
	}
}

// tallyBefore reads the noun of a tally that stands before atom k, from where a verb leads to the figure.
func (f *finder) tallyBefore(x *onrecord.Figure, q quantity, k int) {
	t := f.t
	for j := k - 1; j >= 0 && j > k-tallyReach && f.sent[j] == f.sent[q.first]; j-- {
		if a := t.At(j); a.Kind == number.Mark && a.Low != "-" && a.Low != "," {
			return
		}
		if n := len(f.places); n > 0 && j < f.places[n-1].end {
			return
		}
		w := t.Low(j)
		if !words.tallies.Has(w) {
			continue
		}
		role := words.roles.Of(t.Low(j - 1))
		if role == "" {
			role = words.tolls.Of(w)
		}
		if role != "" { // "the death toll", "the body count"
			f.setCounted(x, f.phraseBefore(j+1), role)
			return
		}
		if t.Low(j+1) == "of" {
			f.tallyOf(x, f.determiners(j+2))
			return
		}
	}
}

// tallyOf reads what a tally is of, from atom j on: "people killed when", "those missing".
func (f *finder) tallyOf(x *onrecord.Figure, j int) {
	t := f.t
	if w := t.Low(j); w == "those" {
		j++
	}
	thing := f.phrase(j)
	role, end := f.roleIn(thing, j)
	if role == "" {
		role = f.roleAfter(end)
	}
	if thing.Len() == 0 && role != "" {
		thing = t.At(j).Span
	}
	if thing.Len() > 0 {
		f.setCounted(x, thing, role)
	}
}

// roleOfHead is the role that the last word of a thing before q names: "deaths".
func (f *finder) roleOfHead(thing onrecord.Span, q quantity) string {
	if thing.Len() == 0 {
		return ""
	}
	for j := q.first - 1; j >= 0 && j > q.first-tallyReach; j-- {
		if f.t.At(j).End <= thing.End {
			if w := f.t.Low(j); !words.toNothing.Has(w) {
				return words.roles.Of(w)
			}
			break
		}
	}
	return ""
}
