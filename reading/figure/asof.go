package figure

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
)

// asOfReach is how many atoms from a figure the time that it held at may stand.
const asOfReach = 40

// periodReach is the same for lengths of time: "12 days in October", but not "12 years for a theft in 2009".
const periodReach = 3

// place is where a figure stands: atoms [first, end).
type place struct{ first, end int }

// date gives every figure the time in its sentence that it held at: the nearest date, of those that are its own.
func (f *finder) date() {
	for n := range f.out {
		if of := f.restates[n]; of >= 0 {
			f.out[n].AsOf = f.out[of].AsOf
			continue
		}
		f.out[n].AsOf = f.asOf(n)
	}
}

func (f *finder) asOf(n int) onrecord.Interval {
	p := f.places[n]
	for d := range asOfReach {
		for _, i := range [2]int{p.end + d, p.first - 1 - d} {
			if i < 0 || i >= len(f.skip) || f.skip[i] == 0 || f.sent[i] != f.sent[p.first] {
				continue
			}
			x := f.timeAt(i)
			if x == nil || !x.Interval.Known() || x.Kind != when.Date && x.Kind != when.Clock || x.Grain == "minute" || x.Grain == "hour" {
				continue
			}
			first := i
			for first > 0 && f.skip[first-1] == f.skip[i] {
				first--
			}
			if words.periods.Has(f.out[n].Unit) && d > periodReach || f.said(n, first) || f.others(n, first) {
				continue
			}
			iv := x.Interval
			if f.sinceBefore(first) && iv.From.Before(f.published) {
				iv.To = f.published
			}
			iv.Basis = x.Span.Of(f.t.Source)
			return iv
		}
	}
	return onrecord.Interval{}
}

// timeAt is the time that atom i stands in.
func (f *finder) timeAt(i int) *onrecord.Time {
	for lo, hi := 0, len(f.times); lo < hi; {
		mid := (lo + hi) / 2
		x := &f.times[mid]
		switch {
		case x.Span.End <= f.t.Atoms[i].Start:
			lo = mid + 1
		case x.Span.Start > f.t.Atoms[i].Start:
			hi = mid
		default:
			return x
		}
	}
	return nil
}

// Verbs and nouns of saying: a time that goes with one is when it was said.

// said says whether the time at atom i is when somebody spoke, and not when figure n held: it stands right after the verb of
// saying and those spoken to, or, by the tree, goes with such a verb that is not the figure's own.
func (f *finder) said(n, i int) bool {
	t := f.t
	j := i - 1
	for c := 0; c < 2 && words.beforeSaying.Has(t.Low(j)); c++ {
		j--
	}
	for c := 0; c < 4 && t.At(j).Kind == number.Word; c, j = c+1, j-1 {
		if f.places[n].first <= j && j < f.places[n].end {
			break
		}
		if w := t.Low(j); words.sayings.Has(w) && !(w == "reported" && words.auxiliaries.Has(t.Low(j-1))) || c == 0 && words.reports.Has(w) {
			return true
		}
	}
	if !f.parsed() {
		return false
	}
	x := f.timeAt(i)
	if x.Grain != "day" || f.sinceBefore(i) {
		return false
	}
	k := f.verb(int(f.token[i]))
	if k < 0 || !words.sayings.Has(strings.ToLower(f.l.Doc.Word(k))) {
		return false
	}
	top := f.top(f.places[n].first, f.places[n].end)
	return top < 0 || f.verb(top) != k
}

// nextClause says whether the time at atom i stands behind figure n in a clause joined on that has a subject of its own: "won with 79
// votes, and he lost the vote in 2012".
func (f *finder) nextClause(n, i int) bool {
	top := f.top(f.places[n].first, f.places[n].end)
	if top < 0 {
		return false
	}
	a, b := f.verb(int(f.token[i])), f.verb(top)
	return a >= 0 && b >= 0 && a > b && f.l.Rels[a] == "conj" && int(f.l.Heads[a]) == b && f.child(a, "nsubj") > b
}

// bornReach is how many atoms before a time "born" may stand.
const bornReach = 9

// others says whether the time at atom i belongs to something else than figure n: to the figure right before it, past a comma;
// to what is compared ("than in May"); to another verb, where the figure's verb is joined on after it.
func (f *finder) others(n, i int) bool {
	p := f.places[n]
	behind := i >= p.end
	if behind && (f.compared(n, i) || f.ofEvent(n, i)) || rules.asof.Value(f, i) == "other" || f.t.Low(i-1) == "from" && f.base(n, i) || f.superlative(p, i) || f.born(i) {
		return true
	}
	if !f.parsed() {
		return false
	}
	if !f.sinceBefore(i) && f.apart(n, i) {
		return true
	}
	if behind {
		return f.nextClause(n, i)
	}
	return f.clauseBefore(p, i)
}

// compared says whether the time at atom i, behind figure n, is of what the figure is compared with, or of a figure right before it.
func (f *finder) compared(n, i int) bool {
	t := f.t
	comma := false
	for j := f.places[n].end; j < i; j++ {
		w := t.Low(j)
		if words.comparedTimes.Has(w) || w == "as" && words.asWhen.Has(t.Low(j+1)) { // "as many as in 1995"
			return true
		}
		comma = comma || w == ","
	}
	for m := n + 1; m < len(f.places) && f.places[m].end <= i; m++ { // "1.4 million units from 1.1 million a year earlier"
		if i-f.places[m].end <= 1 && (comma || t.Low(f.places[m].first-1) == "from") {
			return true
		}
		if f.out[m].Unit == "time" && comma { // "40 percent, a twofold rise since the 1920s"
			return true
		}
	}
	return false
}

// ofEvent says whether the time at atom i, behind figure n, is that of an event which the figure is before or after: "18 years after the
// war began in 2003".
func (f *finder) ofEvent(n, i int) bool {
	verb := false
	for j := i - 1; j >= f.places[n].end; j-- {
		if words.aroundEvent.Has(f.t.Low(j)) {
			return verb
		}
		verb = verb || f.tag(j) == "VBD" || f.tag(j) == "VBZ"
	}
	return false
}

// superlative says whether the time at atom i says since when the figure at p is the most: "5.1 percent, the lowest since April".
func (f *finder) superlative(p place, i int) bool {
	t := f.t
	j := i - 1
	if t.Low(j) == "the" {
		j--
	}
	if t.Low(j) != "since" {
		return false
	}
	for j--; j > i-6 && j >= 0 && (j >= p.end || j < p.first); j-- {
		if w := t.Low(j); strings.HasSuffix(w, "est") || words.superlatives.Has(w) {
			return true
		}
	}
	return false
}

// born says whether the time at atom i is when somebody was born.
func (f *finder) born(i int) bool {
	for j := i - 1; j > i-bornReach && j >= 0 && f.t.Low(j) != ","; j-- {
		if f.t.Low(j) == "born" && !f.sinceBefore(i) {
			return true
		}
	}
	return false
}

// clauseBefore says whether the time at atom i stands in the clause that the one of the figure at p is joined to.
func (f *finder) clauseBefore(p place, i int) bool {
	top := f.top(p.first, p.end)
	if top < 0 {
		return false
	}
	at := int(f.token[i])
	a, b := f.verb(at), f.verb(top)
	return a >= 0 && b >= 0 && a != b && a < at && at < b && f.l.Rels[b] == "conj" && int(f.l.Heads[b]) == a
}

// base says whether the time at atom i, behind "from", is the one that figure n is compared with: "54 points from Tuesday".
func (f *finder) base(n, i int) bool {
	x := &f.out[n]
	if x.Change == "" && !strings.HasPrefix(x.Unit, "percent") && x.Unit != "point" && x.Unit != "basis point" {
		return false
	}
	for i < len(f.skip) && f.skip[i] > 0 {
		i = int(f.skip[i])
	}
	switch f.t.Low(i) {
	case "to", "through", "until", "-", "–":
		return false
	}
	return true
}

// apart says whether a clause parts the time at atom i and figure n. A time in a relative clause, or in what somebody says, decides
// or knows, is of that alone: "a war that began in 2011 has driven out 90,000"; but "the 90,000 who fled in 2011". So is one outside
// of it: "pleaded guilty on Wednesday to charges that he hid $1,200". A year before a noun ("the 2012 storm") is of what happens
// to that noun.
func (f *finder) apart(n, i int) bool {
	top := f.top(f.places[n].first, f.places[n].end)
	end := i
	for end < len(f.skip) && f.skip[end] == f.skip[i] {
		end++
	}
	at := f.top(i, end)
	if top < 0 || at < 0 {
		return false
	}
	var figure [2 * climb]int // the way up from the figure
	up := figure[:0]
	for k := top; k >= 0 && len(up) < len(figure); k = int(f.l.Heads[k]) {
		up = append(up, k)
	}
	meet := -1 // where the ways up meet
	parted, of := "", -1
	for k, c := at, 0; k >= 0 && c < 2*climb; k, c = int(f.l.Heads[k]), c+1 {
		if meet = slices.Index(up, k); meet >= 0 {
			break
		}
		switch r := f.l.Rels[k]; r {
		case "acl", "acl:relcl", "ccomp":
			parted, of = r, int(f.l.Heads[k])
		}
	}
	if meet < 0 {
		return false
	}
	// Of the time's clause: "90,000 who fled in 2011" counts who is told of.
	counted := of >= 0 && f.out[n].ThingSpan.Contains(f.l.Doc.Tokens[of].Span) || of == up[meet] && !slices.ContainsFunc(up[:meet], func(k int) bool {
		return f.verbal(k) || strings.HasPrefix(f.l.Rels[k], "nmod") || strings.HasPrefix(f.l.Rels[k], "obl")
	})
	if parted == "ccomp" || parted != "" && !counted {
		return true
	}
	if i < f.places[n].first || slices.ContainsFunc(f.t.Atoms[f.places[n].end:i], func(a number.Atom) bool { return a.Low == "," }) {
		for k := range up[:meet] {
			switch f.l.Rels[up[k]] {
			case "ccomp":
				return true
			case "advcl":
				if m := f.child(up[k], "mark"); m >= 0 && words.conceding.Has(strings.ToLower(f.l.Doc.Word(m))) { // "Though he gave $60, he left in May"
					return true
				}
			case "acl":
				if k+1 < meet { // the time is not that of the noun told of
					return true
				}
			}
		}
	}
	h := int(f.l.Heads[at])
	if h <= at || h > at+wide || !strings.HasPrefix(f.l.Tags[h], "NN") { // not "the 2012 storm"
		return false
	}
	if k := slices.Index(up, h); k >= 0 {
		return k > 0 && ownClause(f.l.Rels[up[k-1]])
	}
	b, most := f.verb(top), yearClimb
	if f.t.Low(end) == "'s" { // "Monday's vote"
		most = 1
	}
	for k, c := h, 0; k >= 0 && c <= most; k, c = int(f.l.Heads[k]), c+1 {
		if k == b || b >= 0 && f.l.Rels[k] == "conj" && (int(f.l.Heads[k]) == b || int(f.l.Heads[b]) == k) || b >= 0 && f.l.Rels[b] == "conj" && int(f.l.Heads[b]) == k {
			return false
		}
	}
	return b >= 0
}

// yearClimb is how many heads up from a noun with a year before it the verb of a figure is that holds in that year.
const yearClimb = 2

// ownClause says whether the relation is that of a clause of its own below a noun.
func ownClause(relation string) bool {
	switch relation {
	case "advcl", "ccomp", "parataxis", "conj":
		return true
	}
	return false
}
