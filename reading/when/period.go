package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

func (f *finder) phrase(i int) (expr, bool) {
	for _, p := range words.phrases.Of(f.t.Low(i)) {
		if f.t.Is(i, p.words...) {
			if _, ok := words.shifts.Find(f.t.Low(i + 2)); ok && p.words[len(p.words)-1] == "time" { // "this time last year"
				continue
			}
			if next := f.t.At(i + 2); p.value == "PAST_REF" && p.words[len(p.words)-1] == "time" && (f.t.Low(i-1) != "at" || next.Kind != number.Mark && i+2 < len(f.t.Atoms)) {
				continue
			}
			if prev := f.t.Low(i - 1); p.words[len(p.words)-1] == "moment" && prev != "at" && prev != "for" {
				continue
			}
			return reference(p.value, i+len(p.words))
		}
	}
	return expr{}, false
}

// upToNow ends an interval at the day of publication, when that day is in it.
func (f *finder) upToNow(e *expr) {
	if f.known && e.from.Before(f.pub) && e.to.After(f.pub) {
		e.to = f.pub
	}
}

// fromNow begins an interval at the day of publication, when that day is in it.
func (f *finder) fromNow(e *expr) {
	if f.known && e.from.Before(f.pub) && e.to.After(f.pub) && !e.from.IsZero() {
		e.from = f.pub
	}
}

// anaphor reads "the same day", "that day", "that year": j is the unit.
func (f *finder) anaphor(i, j int) (expr, bool) {
	u, ok := words.units.Find(f.t.Low(j))
	if f.t.Low(j) == "weekend" {
		u, ok = unit{grain: "weekend"}, true
	}
	if !ok || u.clock || u.plural {
		return expr{}, false
	}
	e := expr{first: i, end: j + 1, kind: Date, basis: Text, conf: .6}
	switch {
	case u.grain == "year" && !f.seen.IsZero():
		e.date = shifted(f.seen, u.grain, 0)
	case !f.last.IsZero():
		e.date = shifted(f.last, u.grain, 0)
	case f.known:
		e.date, e.basis = shifted(f.pub, u.grain, 0), Published
	default:
		e.timex, e.grain, e.basis = unshifted(u.grain), u.grain, Unresolved
	}
	return e, true
}

// unitEnd is the end of the year, month or quarter that is named at atom j, or of the one of publication.
func (f *finder) unitEnd(i, j int, u unit) (expr, bool) {
	if u.clock || u.grain == "day" || u.grain == "night" {
		return expr{}, false
	}
	if y, ok := f.yearNumber(j); ok && u.grain == "year" {
		e, ok := stated(narrowed(onYear(y), "late"), j+1)
		e.first = i
		return e, ok
	}
	e, ok := f.relative(j, unshifted(u.grain), u.grain, func(pub time.Time) date { return narrowed(shifted(pub, u.grain, 0), "late") })
	e.first = i
	return e, ok
}

// samePeriod reads "the same period last year", "the same month a year ago": the month, quarter or week named last, or the one of
// publication, a year before; j is "period" or the unit.
func (f *finder) samePeriod(i, j int) (expr, bool) {
	t := f.t
	g := words.units.Of(t.Low(j)).grain
	switch w := t.Low(j); {
	case words.stretches.Has(w):
		g = "year"
		if f.known && !f.seen.IsZero() && j-f.seenAtom < 60 && words.stretchUnits.Has(f.seenGrain) {
			g = f.seenGrain
		}
	case !words.stretchUnits.Has(w):
		return expr{}, false
	}
	k := j + 1
	for t.Low(k) == "of" || t.Low(k) == "in" || t.Low(k) == "the" {
		k++
	}
	switch {
	case t.Is(k, "last", "year"), t.Is(k, "previous", "year"), t.Is(k, "prior", "year"), t.Is(k, "year", "before"), t.Is(k, "year", "earlier"):
		k += 2
	case t.Is(k, "a", "year", "ago"), t.Is(k, "a", "year", "earlier"), t.Is(k, "a", "year", "before"):
		k += 3
	default:
		return expr{}, false
	}
	e, ok := f.relative(k, unshifted(g), g, func(pub time.Time) date {
		at := pub
		if g != "year" && (f.seenGrain == g || f.seenGrain == "day") && j-f.seenAtom < 60 {
			at = f.seen
		}
		if g == "week" {
			return onWeek(at.AddDate(0, 0, -52*7))
		}
		return shifted(at.AddDate(-1, 0, 1-at.Day()), g, 0)
	})
	e.first = i
	return e, ok
}

// theUnit reads "the year", "the week" where the words before make it one on the calendar: "the end of the year".
func (f *finder) theUnit(i, j int) (expr, bool) {
	if !words.beforeUnit.Has(f.t.Low(i - 1)) {
		return expr{}, false
	}
	if f.t.Low(j+1) == "of" || f.t.Low(j+1) == "that" || f.t.Low(j+1) == "when" {
		return expr{}, false
	}
	g := words.units.Of(f.t.Low(j)).grain
	end := j + 1
	switch f.t.Low(end) {
	case "before", "earlier", "previous":
		return f.nextOne(words.units.Of(f.t.Low(j)), end+1, -1)
	}
	e, ok := f.relative(end, unshifted(g), g, func(pub time.Time) date { return shifted(pub, g, 0) })
	e.conf = .6
	return e, ok
}

// theDay reads "the day" where trading and the like begins, ends or goes on: the day named last.
func (f *finder) theDay(i, j int) (expr, bool) {
	p := f.t.Low(i - 1)
	if !words.closesDay.Has(p) || p == "of" && f.t.Low(i-2) != "end" && f.t.Low(i-2) != "start" && f.t.Low(i-2) != "rest" && f.t.Low(i-2) != "close" {
		return expr{}, false
	}
	if n := f.t.Low(j + 1); n == "when" || n == "that" || n == "of" {
		return expr{}, false
	}
	return f.anaphor(i, j)
}

// pastSpan is "the last n units" up to the day of publication, or "the next n units" from it.
func (f *finder) pastSpan(n float64, u unit, end int, w string, vague bool) (expr, bool) {
	e := expr{end: end, kind: Duration, basis: Published, conf: .9}
	e.timex, e.grain = durationValue(n, u, vague), u.grain
	if !f.known || vague {
		e.basis = Unresolved
		return e, true
	}
	if u.clock && n*seconds(u) < 86400 {
		e.basis = Unresolved
		return e, true
	}
	at := func(sign float64) time.Time {
		v := moved(f.pub, u, sign*n)
		return ymd(v.Year(), v.Month(), v.Day())
	}
	if words.shifts.Of(w) > 0 {
		e.from, e.to = f.pub, at(1)
	} else {
		e.from, e.to = at(-1), f.pub
	}
	return e, true
}

// nextOne is the unit after or before the one named last: "the next day", "the following year".
func (f *finder) nextOne(u unit, end, shift int) (expr, bool) {
	e, ok := f.relative(end, unshifted(u.grain), u.grain, func(pub time.Time) date {
		ref := pub
		switch {
		case u.grain == "year" && !f.seen.IsZero():
			ref = f.seen
		case !f.last.IsZero():
			ref = f.last
		}
		return shifted(ref, u.grain, shift)
	})
	if f.known && (!f.last.IsZero() || u.grain == "year" && !f.seen.IsZero()) {
		e.basis = Text
	}
	e.conf = .6
	return e, ok
}

// lastOf is the last week, day or month of what begins at j.
func (f *finder) lastOf(u unit, j int) (expr, bool) {
	e, ok := f.match(j)
	if !ok || e.kind != Date || e.from.IsZero() {
		return expr{}, false
	}
	last := e.to.AddDate(0, 0, -1)
	if u.grain == "week" {
		last = last.AddDate(0, 0, -3)
	}
	e.date = shifted(last, u.grain, 0)
	return e, true
}

// weekend is the weekend that the words mean: past unless the clause says otherwise.
func (f *finder) weekend(first, end int, shift string) (expr, bool) {
	return f.relative(end, "XXXX-WXX-WE", "weekend", func(pub time.Time) date {
		this := onWeekend(pub)
		switch shift {
		case "next":
			return onWeekend(pub.AddDate(0, 0, 7))
		case "last", "previous", "past":
			return onWeekend(pub.AddDate(0, 0, -7))
		}
		if tense := f.tense(first, end); this.from.After(pub) && (shift == "" && tense <= 0 || pub.Weekday() <= time.Wednesday && tense < 0) {
			return onWeekend(pub.AddDate(0, 0, -7))
		}
		return this
	})
}

// season reads "summer", "the summer of 2014", "this fall": i is the season's word.
func (f *finder) season(i int, shift string) (expr, bool) {
	t := f.t
	s := words.seasons.Of(t.Low(i))
	if y, end, basis := f.yearAfter(i + 1); y != 0 && t.Low(i+1) != "," {
		e, ok := stated(onSeason(y, s), end)
		e.basis = basis
		return e, ok
	}
	if shift == "" && f.noSeason(i) {
		return expr{}, false
	}
	return f.relative(i+1, "XXXX-"+s, "season", func(pub time.Time) date { return onSeason(f.seasonYear(i, s, shift, pub), s) })
}

// noSeason says whether the season's word at atom i, with no year and nothing like "last" beside it, is none: "fall" and "spring" are
// other words, "Summer Olympics" is a name.
func (f *finder) noSeason(i int) bool {
	t := f.t
	turning := t.Low(i) == "spring" || t.Low(i) == "fall" // is a verb, too
	if rules.season.Value(f, i) != "" {
		return t.Low(i) == "fall" && !(t.Low(i-1) == "the" && t.Low(i-2) == "in")
	}
	return turning || !t.At(i).Cap || !t.At(i).Line && t.At(i+1).Cap
}

// seasonYear is the year of the season s at atom i.
func (f *finder) seasonYear(i int, s, shift string, pub time.Time) int {
	y := pub.Year()
	d := onSeason(y, s)
	switch shift {
	case "last", "previous", "past":
		if d.to.After(pub.AddDate(0, -2, 0)) && d.from.Before(pub) || d.to.After(pub) {
			return y - 1
		}
	case "next":
		if !d.from.After(pub) {
			return y + 1
		}
	case "this":
		if s == "WI" && pub.Month() < 6 {
			return y - 1
		}
	default:
		tense := f.tense(i, i+1)
		switch {
		case tense <= 0 && (s == "WI" && pub.Month() < 9 || d.from.After(pub.AddDate(0, 3, 0))):
			return y - 1
		case tense > 0 && !d.to.After(pub):
			return y + 1
		}
	}
	return y
}

// firstOf reads "the first nine months of 1989", "the last two weeks of March": a duration, at the beginning (o is 1) or the end of
// what follows "of"; the number is at atom j.
func (f *finder) firstOf(i, j, o int) (expr, bool) {
	t := f.t
	n, k, vague, ok := f.amount(j)
	u := words.units.Of(t.Low(k))
	if !ok || vague || !u.plural || u.clock || n != float64(int(n)) || t.Low(k+1) != "of" || f.depth > maxDepth {
		return expr{}, false
	}
	e, ok := f.match(k + 2)
	if !ok || e.kind != Date || e.from.IsZero() || e.grain == "day" {
		return expr{}, false
	}
	if at := moved(e.from, u, n); o > 0 && at.Before(e.to) {
		e.to = at
	} else if at := moved(e.to, u, -n); o < 0 && at.After(e.from) {
		e.from = at
	}
	e.timex, e.grain, e.kind, e.first = durationValue(n, u, false), u.grain, Duration, i
	return e, true
}

// ofYear is the year that a quarter or half before atom j belongs to.
func (f *finder) ofYear(j int) (y, end int, basis string) {
	if y, end, basis = f.yearAfter(j); y != 0 {
		return y, end, basis
	}
	k := j
	if f.t.Low(k) == "of" {
		k++
	}
	if f.t.Low(k) == "the" && f.t.Low(k+1) == "year" && f.known {
		return f.pub.Year(), k + 2, Published
	}
	if f.t.Low(k) == "fiscal" {
		if y, ok := f.yearNumber(k + 1); ok {
			return y, k + 2, Stated
		}
	}
	if f.t.Is(k, "the", "same", "year") && !f.last.IsZero() {
		return f.last.Year(), k + 3, Text
	}
	return 0, j, ""
}

func (f *finder) quarter(q, end int) (expr, bool) {
	if y, end, basis := f.ofYear(end); y != 0 && q != -2 {
		if q < 0 { // "the last quarter of 2012"
			q = 4
		}
		e, ok := stated(onQuarter(y, q), end)
		e.basis = basis
		return e, ok
	}
	return f.relative(end, "XXXX-Q"+strings.Repeat("X", btoi(q < 0))+strconv.Itoa(max(q, 0))[:btoi(q > 0)], "quarter", func(pub time.Time) date {
		this := (int(pub.Month()) + 2) / 3
		if q < 0 {
			return onQuarter(pub.Year(), this-1)
		}
		d := onQuarter(pub.Year(), q)
		if d.from.After(pub) && f.tense(end-2, end) <= 0 && d.from.After(pub.AddDate(0, 2, 0)) {
			d = onQuarter(pub.Year()-1, q)
		}
		return d
	})
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// halfYear reads a half of a year; halves of games and lives have no year.
func (f *finder) halfYear(h, end int) (expr, bool) {
	y, end2, basis := f.ofYear(end)
	if y == 0 {
		return expr{}, false
	}
	e, ok := stated(onHalf(y, h), end2)
	e.basis = basis
	return e, ok
}

func (e *expr) isRef() bool { return strings.HasSuffix(e.timex, "_REF") }

// every reads "every day", "each year", "every 33 years", "every Monday".
func (f *finder) every(i int) (expr, bool) {
	t := f.t
	j := i + 1
	n := 1.0
	if t.Low(j) == "other" {
		n = 2
		j++
	} else if num, ok := t.Read(j); ok {
		n = num.Val
		j = num.End
	}
	if p := t.Low(j); p == "single" || p == "few" {
		j++
	}
	e := expr{end: j + 1, kind: Set, basis: Stated, conf: .9}
	if u, ok := words.units.Find(t.Low(j)); ok && t.Low(j) != "second" {
		e.timex, e.grain = durationValue(n, u, t.Low(j-1) == "few"), u.grain
		return e, true
	}
	if w, ok := words.weekdays.Find(t.Low(j)); ok && !w.shy {
		e.timex, e.grain = fmt.Sprintf("XXXX-WXX-%d", isoDay(w.day)), "day"
		f.dayPart(&e)
		e.kind = Set
		return e, true
	}
	if p, ok := words.parts.Find(t.Low(j)); ok {
		e.timex, e.grain = "XXXX-XX-XXT"+p, "day"
		return e, true
	}
	if s, ok := words.seasons.Find(t.Low(j)); ok {
		e.timex, e.grain = "XXXX-"+s, "season"
		return e, true
	}
	return expr{}, false
}
