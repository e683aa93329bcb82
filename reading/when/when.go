// Package when finds time expressions and resolves them against the day of publication (TIMEX3 of TimeML 1.2.1, and half-open
// intervals).
//
// A hand-written scanner reads the atoms of package number from left to right; at each it takes the longest expression that the
// tables of english.go allow. Values follow TIMEX3: "2015-10-07", "2015-W41", "2015-10-07TNI", "P2D", "PAST_REF"; the interval
// is what the expression means where it stands: that of "Sept. 30" in "since Sept. 30" runs to the day of publication.
package when

import (
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when/number"
)

// Kinds of times.
const (
	Date     = "date"
	Clock    = "time"
	Duration = "duration"
	Set      = "set"
)

// Bases of a time's interval.
const (
	Stated     = "stated"     // complete in the text
	Published  = "published"  // resolved against the day of publication
	Text       = "text"       // resolved against another time of the text
	Unresolved = "unresolved" // not resolved
)

// Find returns the time expressions of the document in text order; ids and Article are left empty. Relative expressions stay
// unresolved when the day of publication is not known.
func Find(l *english.Layer, published onrecord.Published) []onrecord.Time {
	return FindIn(number.Lex(l.Doc.Text), published)
}

// FindIn is [Find] in a text whose atoms have been cut already.
func FindIn(t *number.Text, published onrecord.Published) []onrecord.Time {
	f := finder{t: t}
	f.pub, f.known = published.Day()
	f.run()
	return f.out
}

// finder holds the state of one document's scan.
type finder struct {
	t     *number.Text
	pub   time.Time
	known bool
	// last is the day named last, which "the same day" and clock times go by; lastAtom is where it was named.
	last     time.Time
	lastAtom int
	// seen is the first day of the date named last, of any grain to the year, which "that year" and "a year later" go by; seenGrain
	// is its grain, seenAtom where it was named.
	seen      time.Time
	seenGrain string
	seenAtom  int
	out       []onrecord.Time
	ends      []int // for each of out, the atom after its last
	depth     int   // of expressions inside expressions
}

// maxDepth of expressions inside one another ("late on the last day of the second week of May"); deeper ones are not English.
const maxDepth = 5

// expr is an expression found: atoms [first, end) and what they mean.
type expr struct {
	date
	first, end int
	kind       string
	basis      string
	conf       float64
}

func (f *finder) run() {
	t := f.t
	for i := 0; i < len(t.Atoms); {
		if a := &t.Atoms[i]; a.Kind == number.Word && words.starters.Of(a.Low) == 0 {
			i++
			continue
		}
		e, ok := f.match(i)
		if !ok || e.end <= i {
			i++
			continue
		}
		f.add(e)
		i = e.end
	}
	f.joinRanges()
}

func (f *finder) add(e expr) {
	if e.kind == "" {
		return
	}
	if ref := e.beyond(); ref != "" {
		e.date, e.basis, e.conf = date{timex: ref}, Unresolved, min(e.conf, .7)
	}
	if e.grain == "day" && !e.from.IsZero() && (e.kind == Date || e.kind == Clock) {
		f.last, f.lastAtom = e.from, e.end
	}
	if e.kind != Duration && e.kind != Set && !e.from.IsZero() && e.grain != "decade" && e.grain != "century" {
		f.seen, f.seenGrain, f.seenAtom = e.from, e.grain, e.end
	}
	iv := onrecord.Interval{}
	empty := !e.from.IsZero() && !e.to.IsZero() && !e.from.Before(e.to) // "the last 0 days"
	if (!e.from.IsZero() || !e.to.IsZero()) && !empty {
		iv = onrecord.Interval{From: e.from, To: e.to, Basis: e.basis}
	}
	f.out = append(f.out, onrecord.Time{
		Span: f.t.Span(e.first, e.end), Timex: e.timex, Interval: iv, Grain: e.grain, Kind: e.kind, Basis: e.basis, Confidence: e.conf,
	})
	f.ends = append(f.ends, e.end)
	f.since(e)
}

// beyond is the TIMEX3 value of an expression that reaches out of the years 1 to 9999, which is all that ISO 8601 writes without
// agreement ("65 million years ago"); "" for others.
func (e *expr) beyond() string {
	for _, t := range [...]time.Time{e.from, e.to} {
		switch {
		case t.IsZero():
		case t.Year() < 1:
			return "PAST_REF"
		case t.Year() > 9999:
			return "FUTURE_REF"
		}
	}
	return ""
}

// since widens the interval of a date after "since" up to the day of publication.
func (f *finder) since(e expr) {
	if e.kind != Date || !f.known || e.from.IsZero() {
		return
	}
	j := e.first - 1
	if f.t.Low(j) == "the" {
		j--
	}
	if f.t.Low(j) == "since" && e.from.Before(f.pub) {
		f.out[len(f.out)-1].Interval.To = f.pub
	}
}

// joinRanges gives both ends of "between A and B", "from A to B", "A to B" the whole interval.
func (f *finder) joinRanges() {
	at := 0
	for k := 0; k+1 < len(f.out); k++ {
		a, b := &f.out[k], &f.out[k+1]
		if a.Timex == "PRESENT_REF" && f.known { // "between now and Nov. 15"
			a = &onrecord.Time{Span: a.Span, Kind: Date, Interval: onrecord.Interval{From: f.pub, To: f.pub}}
		} else if b.Timex == "PRESENT_REF" && f.known {
			b = &onrecord.Time{Span: b.Span, Kind: Date, Interval: onrecord.Interval{From: f.pub, To: f.pub}}
		}
		if a.Kind != Date || b.Kind != Date || f.ends[k] >= len(f.t.Atoms) {
			continue
		}
		for at < len(f.t.Atoms) && f.t.Atoms[at].Start < a.Span.Start {
			at++
		}
		gap := f.ends[k]
		if f.t.At(gap+1).Start != b.Span.Start && !(f.t.Is(gap+1, "the") && f.t.At(gap+2).Start == b.Span.Start) {
			continue
		}
		before, link := f.t.Low(at-1), f.t.Low(gap)
		ok := words.toEnd.Has(link) || link == "till" || link == "and" && before == "between"
		if !ok || a.Interval.From.IsZero() || b.Interval.To.IsZero() || !a.Interval.From.Before(b.Interval.To) {
			continue
		}
		a.Interval.To = b.Interval.To
		b.Interval.From = a.Interval.From
	}
}

// match is the expression that begins at atom i.
func (f *finder) match(i int) (expr, bool) {
	a := f.t.At(i)
	var e expr
	ok := false
	switch a.Kind {
	case number.Digits:
		e, ok = f.digits(i)
	case number.Word:
		e, ok = f.word(i)
	case number.Mark:
		if a.Low == "'" && !f.t.At(i+1).Space { // '82, '90s
			e, ok = f.shortYear(i)
		}
	}
	if ok {
		if e.first == 0 {
			e.first = i
		}
		if e.conf == 0 {
			e.conf = .9
		}
	}
	return e, ok
}

// stated is an expression that is complete in itself.
func stated(d date, end int) (expr, bool) {
	return expr{date: d, end: end, kind: Date, basis: Stated, conf: .95}, true
}

// relative is an expression that needs the day of publication; value makes it, open is its TIMEX3 value without.
func (f *finder) relative(end int, open, grain string, value func(pub time.Time) date) (expr, bool) {
	e := expr{end: end, kind: Date, basis: Unresolved, conf: .9}
	if !f.known {
		e.timex, e.grain = open, grain
		return e, true
	}
	e.date, e.basis = value(f.pub), Published
	return e, true
}

func reference(value string, end int) (expr, bool) {
	return expr{date: date{timex: value}, end: end, kind: Date, basis: Unresolved, conf: .7}, true
}

// digits reads what begins with a number in digits.
func (f *finder) digits(i int) (expr, bool) {
	t := f.t
	a := t.At(i)
	if a.Bad || a.Frac && !a.Plain {
		return f.duration(i)
	}
	if i > 0 && !a.Space {
		switch t.Low(i - 1) {
		case "$", "€", "£", "¥", ".", "=", "#":
			return expr{}, false
		case ":":
			if t.At(i-2).Kind == number.Digits { // "2:04:11"
				return expr{}, false
			}
		}
		if t.At(i-1).Kind != number.Mark && t.At(i-1).Kind != number.Word || t.At(i-1).Kind == number.Word {
			return expr{}, false // "S23", "EUR50m"
		}
	}
	if e, ok := f.numericDate(i); ok {
		return e, true
	}
	for _, r := range [...]*grammar.Rules[*finder]{rules.clock, rules.day, rules.digits, rules.century} {
		if e, ok := f.read(r, i); ok {
			return e, true
		}
	}
	if e, ok := f.read(rules.ordinal, i); ok {
		return e, true
	}
	if e, ok := f.duration(i); ok {
		return e, true
	}
	if e, ok := f.read(rules.decade, i); ok {
		return e, true
	}
	return f.read(rules.year, i)
}

// word reads what begins with a word.
func (f *finder) word(i int) (expr, bool) {
	if words.starters.Of(f.t.Low(i)) == 0 || f.depth > maxDepth {
		return expr{}, false
	}
	f.depth++
	defer func() { f.depth-- }()
	if f.t.Tight(i) && f.t.At(i-1).Kind == number.Digits {
		return expr{}, false // "20th", "30Mbps"
	}
	return f.read(rules.word, i)
}
