package figure

import (
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/figure/unit"
	"github.com/onrecord/onrecord/reading/when/number"
)

// How many atoms may stand between a figure and its conversion: words that say what is counted, before a bracket or "or".
const (
	bracketGap = 8
	fillers    = 6
)

// restated is the index of the figure that x, read from q, gives again in another unit: "20 km (12 miles)", "12 miles, or 20 km",
// "68F/20C"; the first of a chain of them. It is -1 where there is none. The comparator of q begins at atom first.
func (f *finder) restated(x *onrecord.Figure, q quantity, first int) int {
	n := len(f.out) - 1
	if n < 0 || q.unit == "" || f.out[n].Unit == "" || q.multiple || q.zero || f.sent[f.places[n].first] != f.sent[q.first] {
		return -1
	}
	before := f.places[n].end
	if q.first-before > bracketGap+2*fillers || !f.convertible(x, q, first, before) {
		return -1
	}
	p := &f.out[n]
	b := unit.Value{Low: x.Low, High: x.High, Unit: x.Unit}
	root := n
	if k := f.restates[n]; k >= 0 {
		root = int(k)
		if r := &f.out[root]; unit.Restates(unit.Value{Low: r.Low, High: r.High, Unit: r.Unit}, b) {
			return root
		}
	}
	if !unit.Restates(unit.Value{Low: p.Low, High: p.High, Unit: p.Unit}, b) {
		return -1
	}
	return root
}

// convertible says whether x, read from q, stands where a conversion of the figure that ends before atom before does: in brackets, behind
// a comma, a dash or a slash, behind "or". The comparator of q begins at atom first.
func (f *finder) convertible(x *onrecord.Figure, q quantity, first, before int) bool {
	t, n := f.t, len(f.out)-1
	j, said := min(first, q.first)-1, first < q.first
	for c := 0; c < fillers && j >= before && words.equates.Has(t.Low(j)); c, j = c+1, j-1 {
		said = said || words.equals.Has(t.Low(j))
	}
	said = said && t.Low(first) != "more" // "20 miles, more than 5 km of it gravel"
	money, link := unit.Money(x.Unit), t.Low(j)
	switch {
	case j >= before && words.opening.Has(link):
		return j-before <= bracketGap && f.words(before, j) && (!money || closes(t.Low(q.end)) || q.end >= len(t.Atoms))
	case (f.restates[n] >= 0 || words.opening.Has(t.Low(f.places[n].first-1)) && f.bracketedBy(q.end)) && (j == before && parts(link) || j < before && said): // "(€5m; $6m)"
		return true
	case j >= before && link == ",":
		return (said || !money && j == before) && j-before <= bracketGap && f.words(before, j)
	case j == before && link == "/" && !t.At(j).Space:
		return true
	case j == before && (words.dashes.Has(link) && t.At(j).Space || link == ";"):
		return !money || said
	}
	return j < before && said && t.Low(before) == "or"
}

// words says whether atoms [first, end) are words, or parts of a date.
func (f *finder) words(first, end int) bool {
	for k := first; k < end; k++ {
		if a := f.t.At(k); f.skip[k] == 0 && (a.Kind != number.Word && a.Low != "-" || a.Line) {
			return false
		}
	}
	return true
}

// takes gives a conversion all that the figure it restates says and it does not: comparator, change, thing. The figure takes the
// thing from it where it has none itself.
func takes(x, p *onrecord.Figure) {
	if x.Comparator == "=" {
		x.Comparator = p.Comparator
	}
	if x.Change == "" {
		x.Change = p.Change
	}
	if p.ThingSpan.Len() > 0 {
		x.Thing, x.ThingSpan = p.Thing, p.ThingSpan
	} else {
		p.Thing, p.ThingSpan = x.Thing, x.ThingSpan
	}
	x.ShareOf, x.Role = p.ShareOf, p.Role
}

// behindBracket is the atom after a bracket at atom j that holds a measure, as conversions stand in; j where there is none.
func (f *finder) behindBracket(j int) int {
	t := f.t
	if !words.opening.Has(t.Low(j)) {
		return j
	}
	k := j + 1
	for c := 0; c < fillers && k < len(f.skip) && f.skip[k] == 0 && words.equates.Has(t.Low(k)) && !f.starts(k); c++ {
		k++
	}
	if k >= len(f.skip) || f.skip[k] > 0 || !f.starts(k) {
		return j
	}
	if q, ok := f.quantity(k); !ok || q.unit == "" || unit.Dimension(q.unit) == "" && !unit.Money(q.unit) {
		return j
	}
	for c := 0; c < bracketGap && k < len(t.Atoms) && !t.At(k).Line; c, k = c+1, k+1 {
		if t.Low(k) == ")" || t.Low(k) == "]" {
			return k + 1
		}
	}
	return j
}

// parts says whether the mark or word may stand between two conversions in one bracket.
func parts(w string) bool {
	switch w {
	case ";", ",", "/", "or", "and", "=":
		return true
	}
	return false
}

// closes says whether it may follow a conversion of money in a bracket: what else goes on is another sum ("$6 million with bonuses").
func closes(w string) bool {
	switch w {
	case ")", "]", ";", ",", "/":
		return true
	}
	return words.behindConversion.Has(w)
}
