package when

import (
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// duration reads a number with a unit of time: "two days", "12-year", "a week", "several years", "two and a half years ago".
func (f *finder) duration(i int) (expr, bool) {
	n, j, vague, ok := f.amount(i)
	if !ok {
		return expr{}, false
	}
	return f.span(i, n, j, vague)
}

// amount reads how many: a number, "a", "several"; vague for an amount without a number.
func (f *finder) amount(i int) (n float64, j int, vague, ok bool) {
	t := f.t
	a := t.At(i)
	switch {
	case a.Low == "couple" || words.wholes.Has(a.Low):
		n, j = 1, i+1
		if a.Low == "couple" {
			n = 2
			if t.Low(j) == "of" {
				j++
			}
		} else if u := words.units.Of(t.Low(f.hyphen(j))); u.plural || a.Low != "another" && u.clock {
			return 0, i, false, false
		}
		return n, j, false, true
	case words.vagueNumbers.Has(a.Low):
		j = i + 1
		if t.Low(j) == "of" {
			j++
		}
		return 0, j, true, true
	case a.Low == "a" || a.Low == "an":
		switch t.Low(i + 1) {
		case "couple":
			n, j, vague, ok = f.amount(i + 1)
			return n, j, vague, ok
		case "few", "number":
			j = i + 2
			if t.Low(j) == "of" {
				j++
			}
			return 0, j, true, true
		case "half", "quarter":
			if _, ok := words.units.Find(t.Low(i + 2)); ok && t.Low(i+1) == "half" {
				return .5, i + 2, false, true
			}
			if t.Low(i+2) == "-" && t.Low(i+1) == "half" {
				return .5, i + 3, false, true
			}
			if t.Is(i+2, "of", "a") && t.Low(i+4) == "century" {
				return .25, i + 4, false, true
			}
		}
		if num, ok := t.Read(i); ok {
			return num.Val, num.End, false, true
		}
		return 1, i + 1, false, true
	case a.Low == "half":
		j = i + 1
		if t.Low(j) == "a" || t.Low(j) == "an" || t.Low(j) == "-" {
			return .5, j + 1, false, true
		}
		if u := words.units.Of(t.Low(j)); u.clock && u.grain == "hour" || u.grain == "year" && !u.plural {
			return .5, j, false, true
		}
	case a.Low == "single":
		return 1, i + 1, false, true
	}
	num, ok := t.Read(i)
	if !ok {
		return 0, i, false, false
	}
	return num.Val, num.End, false, true
}

// hyphen is j, or the atom after a hyphen at j.
func (f *finder) hyphen(j int) int {
	if f.t.Low(j) == "-" {
		return j + 1
	}
	return j
}

// span makes the duration of n units at atom j, or what "ago" and the like turn it into.
func (f *finder) span(first int, n float64, j int, vague bool) (expr, bool) {
	t := f.t
	u, j, hyphen, ok := f.unitAfter(first, j)
	if !ok || f.noDuration(first, j, n, u, hyphen) {
		return expr{}, false
	}
	d := length{first: first, end: j + 1, n: n, unit: u, last: u, vague: vague, timex: durationValue(n, u, vague)}
	if n == 1 && !u.plural && !vague {
		f.andHalf(&d)
	}
	if !vague && !hyphen && d.n == float64(int(d.n)) {
		f.smaller(&d)
	}
	turn := rules.duration.Value(f, d.end)
	if turn == "age" || turn == "share" && u.grain == "quarter" {
		return expr{}, false
	}
	if d.last.grain != u.grain && (turn == "ago" || t.Low(d.end) == "earlier") {
		if turn == "ago" && d.last.grain == "day" { // "1 month and 21 days ago" is a day
			e, ok := f.relative(d.end+1, open, "day", func(pub time.Time) date { return onDay(d.from(pub, -1)) })
			e.first = first
			return e, ok
		}
		d.last = u // the larger unit says how exact it is
	}
	e := expr{date: date{timex: d.timex, grain: d.last.grain}, first: first, end: d.end, kind: Duration, basis: Stated, conf: .9}
	article := t.Low(first) == "a" || t.Low(first) == "an"
	if article && f.isRate(first) && !words.fromEvent.Has(t.Low(d.end)) {
		e.kind = Set
		return e, true
	}
	if hyphen && turn == "long" {
		e.end = d.end + 2
	}
	if t.Low(first-1) == "within" && t.Low(d.end) != "of" && !vague && !d.last.clock && f.known && f.tense(first, d.end) >= 0 { // "will rule within two weeks"
		e.from, e.to, e.basis = f.pub, f.midnight(d.from(f.pub, 1)), Published
	}
	if e, ok := f.turned(&d, turn); ok {
		return e, true
	}
	if article && (turn == "basis" || d.last.grain == "second" || (d.last.grain == "minute" || d.last.grain == "day") && t.Low(d.end) == "of") {
		return expr{}, false
	}
	return e, true
}

// A length is a duration as it is read: atoms [first, end), so many of a unit, and perhaps of smaller ones.
type length struct {
	first, end int
	n          float64
	unit       unit
	smaller    []part
	last       unit // the smallest of its units
	vague      bool
	timex      string
}

// from is t moved by the length, back with sign -1.
func (d *length) from(t time.Time, sign float64) time.Time {
	t = moved(t, d.unit, sign*d.n)
	for _, p := range d.smaller {
		t = moved(t, p.unit, sign*p.n)
	}
	return t
}

// midnight is the day of t.
func (f *finder) midnight(t time.Time) time.Time { return ymd(t.Year(), t.Month(), t.Day()) }

// unitAfter is the unit of time behind a number that ends before atom j, behind a hyphen or words like "consecutive", and where it is.
func (f *finder) unitAfter(first, j int) (u unit, at int, hyphen, ok bool) {
	t := f.t
	if t.Low(j) == "-" {
		j++
		hyphen = true
	}
	for k := 0; k < 2 && words.fillers.Has(t.Low(j)); k++ {
		j = f.hyphen(j + 1)
	}
	u, ok = words.units.Find(t.Low(j))
	if t.Low(j) == "h" && !t.At(j).Cap && t.Tight(j) && t.At(j-1).Kind == number.Digits { // "3h"
		u, ok = words.units.Of("hours"), true
	}
	return u, j, hyphen, ok && !(t.At(j).Line && j > first)
}

// noDuration says whether the number before the unit at atom j is none of it.
func (f *finder) noDuration(first, j int, n float64, u unit, hyphen bool) bool {
	t := f.t
	word := t.Low(j)
	switch {
	// "second" and "quarter" are more often an order and a share.
	case word == "quarters" && hyphen, word == "quarter" && !hyphen, word == "second" && n == float64(int(n)) && n != 1 && !hyphen:
		return true
	case u.grain == "night" && n != 1 && !u.plural:
		return true
	case !u.plural && !hyphen && n > 1 && (u.times != 1 || word == "second" || word == "night"):
		return true
	}
	// "a Second", "the Day"
	return t.At(j).Cap && t.At(j).Space && !t.At(j).Upper && !t.At(first).Cap && t.At(first).Kind == number.Word
}

// andHalf reads "an hour and a half".
func (f *finder) andHalf(d *length) {
	switch {
	case f.t.Is(d.end, "and", "a", "half"):
		d.n, d.end = 1.5, d.end+3
	case f.t.Is(d.end, "and", "half"):
		d.n, d.end = 1.5, d.end+2
	default:
		return
	}
	d.timex = durationValue(d.n, d.unit, false)
}

// smaller reads the smaller units that go on with a duration: "two years and six months".
func (f *finder) smaller(d *length) {
	t := f.t
	for range 3 {
		k := d.end
		if t.Low(k) == "and" || t.Low(k) == "," {
			k++
		}
		m, ok := t.Read(k)
		if !ok || m.Round || t.At(k).Line {
			return
		}
		v, ok := words.units.Find(t.Low(m.End))
		if !ok || v.clock && !d.last.clock && d.last.grain != "day" || seconds(v) >= seconds(d.last) || t.Low(m.End) == "second" {
			return
		}
		d.timex = joinDurations(d.timex, durationValue(m.Val, v, false))
		d.end, d.last = m.End+1, v
		d.smaller = append(d.smaller, part{m.Val, v})
	}
}

// turned is what the words behind a length make of it, as rules.duration names them: a time so far from another.
func (f *finder) turned(d *length, turn string) (expr, bool) {
	sign := 1.0
	switch turn {
	case "week from weekday":
		if d.unit.grain == "week" && d.n == float64(int(d.n)) && !d.vague && (d.n == 1 || f.t.Low(d.end) == "from") {
			return f.weekFrom(d.first, d.end+1, d.end+2, int(d.n*d.unit.times))
		}
	case "hence day":
		if w := f.t.Low(d.first); (w == "a" || w == "an") && !d.unit.clock && d.unit.grain != "day" {
			return f.fromDay(d.first, d.n, d.last, d.end-1, 1, d.vague)
		}
	case "ago":
		return f.ago(d.first, d.n, d.last, d.end+1, d.vague, -1)
	case "hence":
		return f.ago(d.first, d.n, d.last, d.end+2, d.vague, 1)
	case "from":
		return f.fromDay(d.first, d.n, d.last, d.end, 1, d.vague)
	case "event":
		if f.t.Low(d.end) == "before" {
			sign = -1
		}
		if e, ok := f.fromDay(d.first, d.n, d.last, d.end, sign, d.vague); ok {
			return e, true
		}
		return f.fromReference(d.first, d.n, d.last, d.end, d.vague)
	}
	return expr{}, false
}

// part is one of the units that make up a duration.
type part struct {
	n    float64
	unit unit
}

// seconds is about how long a unit lasts.
func seconds(u unit) float64 {
	if u.grain == "minute" {
		return 60
	}
	return lengths[u.letter] * u.times
}

var lengths = map[string]float64{"S": 1, "H": 3600, "D": 86400, "N": 86400, "W": 604800, "Q": 7.9e6, "Y": 3.15e7, "M": 2.6e6}

func joinDurations(a, b string) string {
	if strings.Contains(a, "T") && strings.HasPrefix(b, "PT") {
		return a + b[2:]
	}
	return a + b[1:]
}

func durationValue(n float64, u unit, vague bool) string {
	p := "P"
	if u.clock {
		p = "PT"
	}
	letter := u.letter
	if letter == "N" {
		letter = "D"
	}
	if vague {
		if u.grain == "decade" || u.grain == "century" {
			return "PXY"
		}
		return p + "X" + letter
	}
	if u.grain == "hour" && n == .5 {
		return "PT30M"
	}
	if letter == "Y" && n == .5 && u.times == 1 {
		return "P6M"
	}
	return p + strconv.FormatFloat(n*u.times, 'f', -1, 64) + letter
}

// isRate says whether "a year" at atom i follows an amount: "15 a year", "$10 a month", "twice a week".
func (f *finder) isRate(i int) bool {
	t := f.t
	p := t.At(i - 1)
	if p.Kind == number.Digits || p.Low == "%" {
		return true
	}
	return words.amounts.Has(p.Low)
}

// ago is n units before (sign -1) or after (+1) the day of publication, in the unit's own grain.
func (f *finder) ago(first int, n float64, u unit, end int, vague bool, sign float64) (expr, bool) {
	if vague {
		if sign < 0 {
			return reference("PAST_REF", end)
		}
		return reference("FUTURE_REF", end)
	}
	if n == float64(int(n)) && !u.clock && u.times == 1 && sign < 0 {
		if e, ok := f.agoWith(n, u, end); ok {
			e.first = first
			return e, true
		}
	}
	e, ok := f.relative(end, unshifted(u.grain), u.grain, func(pub time.Time) date {
		if u.clock {
			d := onDay(moved(pub, u, sign*n))
			if u.grain == "hour" && n < 24 {
				d = onDay(pub)
			}
			return d
		}
		at := moved(pub, u, sign*n)
		if u.grain == "decade" || u.grain == "century" || u.grain == "year" && n != float64(int(n)) {
			return onYear(at.Year())
		}
		if u.times > 1 || n != float64(int(n)) {
			return onDay(at)
		}
		return shifted(pub, u.grain, int(sign*n))
	})
	e.first = first
	return e, ok
}

// agoWith reads what may stand behind "ago" at atom end and says more: "a week ago Friday", "thirty years ago this month", "a year ago
// today".
func (f *finder) agoWith(n float64, u unit, end int) (expr, bool) {
	t := f.t
	before := func(d time.Time) time.Time { return moved(d, u, -n) }
	switch {
	case t.Is(end, "this", "month") && u.grain == "year":
		return f.relative(end+2, "XXXX-XX", "month", func(pub time.Time) date { return shifted(before(pub), "month", 0) })
	case t.Is(end, "this", "week") && u.grain == "year":
		return f.relative(end+2, "XXXX-WXX", "week", func(pub time.Time) date { return onWeek(before(pub)) })
	case t.Low(end) == "today" && u.grain != "day":
		return f.relative(end+1, "XXXX-XX-XX", "day", func(pub time.Time) date { return onDay(before(pub)) })
	}
	w, ok := words.weekdays.Find(t.Low(end))
	if !ok || w.shy || !t.At(end).Cap || t.At(end).Line || strings.HasSuffix(t.Low(end), "days") || u.grain != "week" && u.grain != "month" {
		return expr{}, false
	}
	return f.relative(end+1, "XXXX-XX-XX", "day", func(pub time.Time) date {
		last := pub.AddDate(0, 0, -((int(pub.Weekday()) - int(w.day) + 7) % 7))
		return onDay(before(last))
	})
}

// fromDay reads "two days from tomorrow", "three weeks after today"; end is the word between.
func (f *finder) fromDay(first int, n float64, u unit, end int, sign float64, vague bool) (expr, bool) {
	d, ok := words.deictic.Find(f.t.Low(end + 1))
	if !ok || d.part != "" || vague || u.clock {
		return expr{}, false
	}
	e, ok := f.relative(end+2, "XXXX-XX-XX", "day", func(pub time.Time) date {
		return onDay(moved(pub.AddDate(0, 0, d.days), u, sign*n))
	})
	e.first = first
	return e, ok
}

// fromReference reads "a year earlier" against the date named last, else that of publication, and "two days later" against a
// date named shortly before. Where none was, what it runs from is an event, and it stays a duration.
func (f *finder) fromReference(first int, n float64, u unit, end int, vague bool) (expr, bool) {
	sign := -1
	switch f.t.Low(end) {
	case "before":
		if f.t.At(end+1).Kind != number.Mark && end+1 < len(f.t.Atoms) {
			return expr{}, false
		}
	case "earlier":
	case "later":
		if (f.last.IsZero() || first-f.lastAtom > 60) && (u.grain != "year" || f.seen.IsZero() || first-f.seenAtom > 60) {
			return expr{}, false
		}
		sign = 1
	default:
		return expr{}, false
	}
	if vague || u.clock || n != float64(int(n)) || u.times > 1 || f.t.Low(end+1) == "than" {
		return expr{}, false
	}
	e, ok := f.relative(end+1, unshifted(u.grain), u.grain, func(pub time.Time) date {
		ref := pub
		if !f.last.IsZero() && (u.grain != "year" || sign > 0) {
			ref = f.last
		}
		if u.grain == "year" && sign > 0 && !f.seen.IsZero() {
			ref = f.seen
		}
		return shifted(ref, u.grain, sign*int(n))
	})
	e.first = first
	if f.known {
		e.basis = Text
	}
	e.conf = .6
	return e, ok
}

// bareUnits reads units of time without a number: "in minutes", "for years", "decades-long".
func (f *finder) bareUnits(i int) (expr, bool) {
	t := f.t
	u, ok := words.units.Find(t.Low(i))
	if !ok || t.At(i).Cap {
		return expr{}, false
	}
	if t.Low(i+1) == "-" && t.Low(i+2) == "long" {
		v := durationValue(1, u, u.plural)
		return expr{date: date{timex: v, grain: u.grain}, end: i + 3, kind: Duration, basis: Stated}, true
	}
	if !u.plural || u.grain == "quarter" || u.grain == "night" || len(t.Low(i)) < 4 {
		return expr{}, false
	}
	if t.Low(i+1) == "ago" {
		return reference("PAST_REF", i+2)
	}
	if !words.beforeUnits.Has(t.Low(i-1)) && !words.behindUnits.Has(t.Low(i+1)) {
		return expr{}, false
	}
	return expr{date: date{timex: durationValue(0, u, true), grain: u.grain}, end: i + 1, kind: Duration, basis: Stated, conf: .7}, true
}
