package figure

import (
	"strings"

	"onrecord"
	"onrecord/reading/when"
	"onrecord/reading/when/number"
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
			if periods[f.out[n].Unit] > 0 && d > periodReach || f.said(n, first) || f.others(n, first) {
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
var (
	sayings = set(`said says say told tells announced reported added stated claimed wrote tweeted testified declared confirmed acknowledged warned
		estimated insisted maintained denied admitted predicted forecast alleged argued explained noted conceded published released issued`)
	reports = set(`report statement interview briefing conference speech letter email e-mail tweet post message filing broadcast testimony bulletin
		communique presentation release hearing`)
)

// said says whether the time at atom i is when somebody spoke, and not when figure n held: it stands right after the verb of
// saying and those spoken to, or, by the tree, goes with such a verb that is not the figure's own.
func (f *finder) said(n, i int) bool {
	t := f.t
	j := i - 1
	for c := 0; c < 2 && (t.Low(j) == "on" || t.Low(j) == "late" || t.Low(j) == "early" || t.Low(j) == "earlier" || t.Low(j) == "in" || t.Low(j) == "at"); c++ {
		j--
	}
	for c := 0; c < 4 && t.At(j).Kind == number.Word; c, j = c+1, j-1 {
		if f.places[n].first <= j && j < f.places[n].end {
			break
		}
		if w := t.Low(j); sayings.Has(w) && !(w == "reported" && auxiliaries.Has(t.Low(j-1))) || c == 0 && reports.Has(w) {
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
	if k < 0 || !sayings.Has(strings.ToLower(f.l.Doc.Word(k))) {
		return false
	}
	top := f.top(f.places[n].first, f.places[n].end)
	return top < 0 || f.verb(top) != k
}

// others says whether the time at atom i belongs to something else than figure n: to the figure right before it, past a comma;
// to what is compared ("than in May"); to another verb, where the figure's verb is joined on after it.
func (f *finder) others(n, i int) bool {
	t := f.t
	p := f.places[n]
	if i >= p.end {
		comma := false
		for j := p.end; j < i; j++ {
			switch t.Low(j) {
			case "than", "did", "does":
				return true
			case "as": // "as many as in 1995"
				if w := t.Low(j + 1); w == "in" || w == "at" || w == "on" || w == "last" {
					return true
				}
			case ",":
				comma = true
			}
		}
		for m := n + 1; m < len(f.places) && f.places[m].end <= i; m++ { // "1.4 million units from 1.1 million a year earlier"
			if i-f.places[m].end <= 1 && (comma || t.Low(f.places[m].first-1) == "from") {
				return true
			}
		}
	}
	if t.Low(i-1) == "since" { // "5.1 percent, the lowest since April"
		for j := i - 2; j > i-5 && j >= p.end; j-- {
			if w := t.Low(j); strings.HasSuffix(w, "est") || w == "worst" || w == "first" || w == "most" || w == "least" {
				return true
			}
		}
	}
	for j := i - 1; j > i-4 && j >= 0; j-- {
		if t.Low(j) == "born" {
			return true
		}
	}
	if f.parsed() && !f.sinceBefore(i) && f.relative(n, i) {
		return true
	}
	if i < p.first && f.parsed() {
		top := f.top(p.first, p.end)
		at := int(f.token[i])
		a, b := f.verb(at), -1
		if top >= 0 {
			b = f.verb(top)
		}
		return a >= 0 && b >= 0 && a != b && a < at && at < b && f.l.Rels[b] == "conj" && int(f.l.Heads[b]) == a
	}
	return false
}

// relative says whether the time at atom i stands in a relative clause that figure n is not in: "a war that began in 2011 has
// driven out 90,000".
func (f *finder) relative(n, i int) bool {
	a := f.verb(int(f.token[i]))
	if a < 0 || f.l.Rels[a] != "acl:relcl" {
		return false
	}
	k := f.top(f.places[n].first, f.places[n].end)
	for c := 0; c < climb && k >= 0; c, k = c+1, int(f.l.Heads[k]) {
		if k == a {
			return false
		}
	}
	return true
}
