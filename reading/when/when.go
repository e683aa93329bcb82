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
		ok := link == "to" || link == "through" || link == "until" || link == "till" || link == "-" || link == "and" && before == "between"
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
	if e, ok := f.ordinalPeriod(i); ok {
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
	t := f.t
	a := t.At(i)
	w := a.Low
	in := words.starters.Of(w)
	if in == 0 || f.depth > maxDepth {
		return expr{}, false
	}
	f.depth++
	defer func() { f.depth-- }()
	if f.t.Tight(i) && i > 0 && t.At(i-1).Kind == number.Digits {
		return expr{}, false // "20th", "30Mbps"
	}
	if in&aHoliday != 0 {
		if e, ok := f.holiday(i); ok {
			return e, true
		}
	}
	switch w {
	case "the", "that", "this", "these", "those", "last", "next", "past", "previous", "coming", "upcoming", "following", "same", "current", "our", "its", "their", "his", "her", "recent", "such", "latest", "final":
		if e, ok := f.determined(i); ok {
			return e, true
		}
	case "early", "late", "mid", "midway", "middle", "earlier", "later", "beginning", "start", "end":
		if e, ok := f.fuzzy(i); ok {
			return e, true
		}
	case "so":
		if t.Is(i, "so", "far", "this") {
			if e, ok := f.determined(i + 2); ok {
				e.first = i
				f.upToNow(&e)
				return e, true
			}
		}
		return expr{}, false
	case "every", "each":
		return f.every(i)
	case "spring", "summer", "autumn", "fall", "winter":
		return f.season(i, "")
	case "noon", "midnight", "midday":
		if w == "midnight" {
			return f.atClock(24, 0, "", i, i+1)
		}
		return f.atClock(12, 0, "", i, i+1)
	case "overnight":
		return f.relative(i+1, "XXXX-XX-XXTNI", "day", func(pub time.Time) date {
			d := onDay(pub.AddDate(0, 0, -1))
			d.timex += "TNI"
			d.to = d.to.AddDate(0, 0, 1)
			return d
		})
	case "morning", "afternoon", "evening", "night":
		if e, ok := f.partOf(i, i); ok {
			return e, true
		}
		if t.Low(i-1) == "in" && t.Low(i+1) != "" || t.Low(i-1) == "the" && t.Low(i-2) == "in" {
			return f.partOfDay(i)
		}
		return expr{}, false
	case "fiscal", "fy":
		return f.fiscal(i)
	case "yearlong", "daylong", "weeklong", "monthlong", "decadelong":
		v := map[string]string{"yearlong": "P1Y", "daylong": "P1D", "weeklong": "P1W", "monthlong": "P1M", "decadelong": "P10Y"}[w]
		return expr{date: date{timex: v}, end: i + 1, kind: Duration, basis: Stated}, true
	}
	if in&aMonth != 0 {
		if e, ok := f.read(rules.month, i); ok {
			return f.timed(i, e), true
		}
	}
	if in&aWeekday != 0 {
		return f.weekday(i, "")
	}
	if prev := t.At(i - 1); a.Cap && !a.Line && prev.Cap && prev.Kind == number.Word && words.starters.Of(prev.Low) == 0 && in&(aDeictic|aReference) != 0 { // "Russia Today"
		return expr{}, false
	}
	if in&aDeictic != 0 {
		d := words.deictic.Of(w)
		e, ok := f.relative(i+1, "XXXX-XX-XX", "day", func(pub time.Time) date { return onDay(pub.AddDate(0, 0, d.days)) })
		if d.part != "" {
			e.timex += "T" + d.part
			e.kind = Clock
		} else {
			f.dayPart(&e)
		}
		return e, ok
	}
	if in&aSet != 0 {
		if a.Cap && !a.Line && i > 0 && t.Low(i-1) != "." { // "Daily Mail"
			return expr{}, false
		}
		return expr{date: date{timex: words.sets.Of(w)}, end: i + 1, kind: Set, basis: Stated, conf: .8}, true
	}
	if in&aReference != 0 {
		if w == "now" && t.Low(i+1) == "-" || w == "current" && t.Low(i+1) == "account" || w == "soon" && (t.Low(i-1) == "as" || t.Low(i+1) == "after") {
			return expr{}, false
		}
		return reference(words.references.Of(w), i+1)
	}
	if in&anOrdinal != 0 || w == "twenty" || w == "thirty" {
		if e, ok := f.wordDay(i); ok {
			return e, true
		}
	}
	if in&anOrdinal != 0 {
		if e, ok := f.read(rules.century, i); ok {
			return e, true
		}
	}
	if in&anOrdinal != 0 || w == "q" || w == "h" {
		if e, ok := f.ordinalPeriod(i); ok {
			return e, true
		}
	}
	if p := t.Low(i - 1); in&aNumber != 0 && (words.yearCues.Has(p) || p == "") && p != "and" && p != "to" && p != "for" {
		if y, end := f.wordYear(i); y > 0 && (y%100 != 0 || words.earlyCues.Has(p)) && !f.unitFollows(end) && !f.countFollows(end) {
			return stated(onYear(y), end)
		}
	}
	if e, ok := f.duration(i); ok {
		return e, true
	}
	if u, ok := words.units.Find(w); ok && !u.plural && t.Is(i+1, "-", "end") && t.Tight(i+1) && t.Tight(i+2) { // "year-end", "year-end 1989"
		return f.unitEnd(i, i+3, u)
	}
	switch w {
	case "yearend":
		return f.unitEnd(i, i+1, words.units.Of("year"))
	case "midyear":
		return f.relative(i+1, unshifted("year"), "year", func(pub time.Time) date { return narrowed(shifted(pub, "year", 0), "mid") })
	case "midsummer", "midwinter":
		return f.season(i, "mid")
	}
	if w == "week" || w == "month" {
		if e, ok := f.weekWith(i, i); ok {
			return e, true
		}
	}
	if w == "rest" {
		return f.rest(i, i)
	}
	if in&aUnit != 0 {
		if e, ok := f.bareUnits(i); ok {
			return e, true
		}
	}
	if e, ok := f.phrase(i); ok {
		return e, true
	}
	if number.Starts(w) {
		return f.wordClock(i)
	}
	return expr{}, false
}
