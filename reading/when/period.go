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

// determined reads what begins with "the", "this", "last", "next" and the like.
func (f *finder) determined(i int) (expr, bool) {
	t := f.t
	j := i
	det := ""
	switch t.Low(j) {
	case "the", "that", "those", "these", "our", "its", "their", "his", "her", "such":
		det = t.Low(j)
		j++
	}
	w := t.Low(j)
	if det == "that" || det == "those" {
		if w == "same" {
			j++
		}
		return f.anaphor(i, j)
	}
	if det == "its" || det == "their" || det == "our" || det == "his" || det == "her" {
		if e, ok := f.ordinalPeriod(j); ok {
			return e, true
		}
		return expr{}, false
	}
	// "the same day"
	if w == "same" {
		if e, ok := f.samePeriod(i, j+1); ok {
			return e, true
		}
		return f.anaphor(i, j+1)
	}
	if w == "recent" && det == "" {
		k := j + 1
		if u, ok := words.units.Find(t.Low(k)); ok && u.plural {
			return reference("PAST_REF", k+1)
		}
		return reference("PAST_REF", j+1)
	}
	if w == "year" && det != "" && t.Low(j+1) == "-" && (t.Low(j+2) == "earlier" || t.Low(j+2) == "ago") { // "the year-earlier period"
		e, ok := f.relative(j+3, unshifted("year"), "year", func(pub time.Time) date { return shifted(pub, "year", -1) })
		e.first = j
		return e, ok
	}
	if w == "current" && (det == "the" || det == "") {
		k := j + 1
		if n := t.Low(k); n == "fiscal" || n == "financial" || n == "calendar" {
			k++
		}
		if u, ok := words.units.Find(t.Low(k)); ok && !u.plural {
			return f.relative(k+1, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, 0) })
		}
		if det == "" {
			return reference("PRESENT_REF", j+1)
		}
		return expr{}, false
	}
	if det == "the" || det == "" || det == "these" {
		if e, ok := f.ordinalPeriod(j); ok {
			e.first = i
			return e, true
		}
	}
	if shift, ok := words.shifts.Find(w); ok && !(w == "following" && det == "" && t.Low(j+1) == "the") {
		if e, ok := f.shiftedTime(i, j, shift); ok {
			return e, true
		}
	}
	if det == "the" {
		if u, ok := words.units.Find(w); (ok || w == "weekend") && (t.Is(j+1, "after", "next") || t.Is(j+1, "after", "the", "next")) { // "the week after next"
			g := u.grain
			if w == "weekend" {
				g = w
			}
			end := j + 3
			if t.Low(j+2) == "the" {
				end++
			}
			return f.relative(end, unshifted(g), g, func(pub time.Time) date { return shifted(pub, g, 2) })
		}
		if e, ok := f.wordDecade(j); ok {
			e.first = i
			return e, true
		}
		if e, ok := f.wordDay(j); ok {
			e.first = i
			return e, true
		}
		if t.At(j).Kind == number.Digits {
			if e, ok := f.ordinalDay(i, j); ok {
				return e, true
			}
		}
		switch w {
		case "morning", "afternoon", "evening", "night":
			if e, ok := f.partOf(i, j); ok {
				return e, true
			}
		case "rest":
			return f.rest(i, j)
		case "day":
			for _, p := range []struct {
				link, day string
				days      int
			}{{"before", "yesterday", -2}, {"after", "tomorrow", 2}} {
				if t.Is(j+1, p.link, p.day) {
					return f.relative(j+3, "XXXX-XX-XX", "day", func(pub time.Time) date { return onDay(pub.AddDate(0, 0, p.days)) })
				}
			}
			if w := t.Low(j + 1); (w == "before" || w == "after") && f.depth <= maxDepth { // "the day after Christmas"
				if e, ok := f.match(j + 2); ok && e.kind == Date && e.grain == "day" && !e.from.IsZero() {
					shift := 1
					if w == "before" {
						shift = -1
					}
					e.date, e.first = onDay(e.from.AddDate(0, 0, shift)), i
					return e, true
				}
			}
			return f.theDay(i, j)
		case "weekend":
			return f.weekend(i, j+1, "")
		case "early", "late", "mid", "beginning", "start", "end", "middle", "very":
			k := j
			if w == "very" {
				k++
			}
			if e, ok := f.fuzzy(k); ok {
				e.first = i
				return e, true
			}
		case "spring", "summer", "autumn", "fall", "winter":
			if w != "fall" || t.Low(j+1) == "of" || t.Low(i-1) == "in" {
				if w == "fall" && t.Low(j+1) == "of" {
					if _, ok := f.yearNumber(j + 2); !ok {
						return expr{}, false
					}
				}
				if e, ok := f.season(j, ""); ok {
					e.first = i
					return e, true
				}
			}
		case "year", "month", "week":
			if e, ok := f.weekWith(i, j); ok {
				return e, true
			}
			if e, ok := f.read(rules.year, j+1); ok && w == "year" { // "the year 2000"
				e.first = i
				return e, true
			}
			return f.theUnit(i, j)
		case "entire", "whole", "full":
			if t.Low(j+1) == "year" {
				return f.theUnit(i, j+1)
			}
		}
		if d, ok := words.decadeWords.Find(w); ok && (t.Low(i-1) == "in" || t.Low(i-1) == "since" || t.Low(i-1) == "of") {
			return stated(onDecade(1900+d), j+1)
		}
		if t.At(j).Kind == number.Digits {
			if e, ok := f.read(rules.decade, j); ok {
				e.first = i
				return e, true
			}
			if e, ok := f.read(rules.century, j); ok {
				e.first = i
				return e, true
			}
		}
		if e, ok := f.phrase(i); ok {
			return e, true
		}
	}
	if det == "" || det == "these" {
		return f.phrase(i)
	}
	return expr{}, false
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
	switch t.Low(j) {
	case "period", "stretch", "time":
		g = "year"
		if f.known && !f.seen.IsZero() && j-f.seenAtom < 60 {
			switch f.seenGrain {
			case "month", "quarter", "week":
				g = f.seenGrain
			}
		}
	case "month", "quarter", "week":
	default:
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
	switch f.t.Low(i - 1) {
	case "of", "for", "in", "during", "through", "throughout", "by", "than":
	default:
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
	case "ended", "ending":
		// "the year ended March 31"
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

// shiftedTime reads what follows "last", "next", "this", "past"; i is where the expression begins, j the shifting word.
func (f *finder) shiftedTime(i, j, shift int) (expr, bool) {
	t := f.t
	w := t.Low(j)
	k := j + 1
	next := t.Low(k)
	set := func(e expr, ok bool) (expr, bool) {
		e.first = i
		return e, ok
	}
	if day, ok := words.weekdays.Find(next); ok && (t.At(k).Cap || !day.shy) {
		return set(f.weekday(k, w))
	}
	if m, _, ok := f.month(k); ok && (t.At(k).Cap || !words.months.Of(next).shy) {
		if d, end, ok := f.dayNumber(k + 1); ok && !f.counts(end) && w != "next" {
			e, ok := f.onDate(k, m, d, 0, end)
			if ok && shift < 0 && e.basis == Published && e.from.After(f.pub) && validDay(e.from.Year()-1, int(m), d) { // "last March 31"
				e.date = onDay(e.from.AddDate(-1, 0, 0))
			}
			return set(e, ok)
		}
		return set(f.relative(k+1, fmt.Sprintf("XXXX-%02d", int(m)), "month", func(pub time.Time) date {
			d := onMonth(pub.Year(), m)
			switch {
			case shift < 0:
				if d.to.After(pub.AddDate(0, -1, 0)) && !d.to.Before(pub) || d.from.After(pub) {
					d = onMonth(pub.Year()-1, m)
				}
			case shift > 0:
				if !d.from.After(pub) {
					d = onMonth(pub.Year()+1, m)
				}
			}
			return d
		}))
	}
	if _, ok := words.seasons.Find(next); ok {
		return set(f.season(k, w))
	}
	if next == "weekend" {
		return set(f.weekend(i, k+1, w))
	}
	if next == "night" && (w == "last") {
		return set(f.relative(k+1, "XXXX-XX-XXTNI", "day", func(pub time.Time) date {
			d := onDay(pub.AddDate(0, 0, -1))
			d.timex += "TNI"
			return d
		}))
	}
	if p, ok := words.parts.Find(next); ok && w == "this" {
		e, ok := f.relative(k+1, "XXXX-XX-XXT"+p, "day", func(pub time.Time) date {
			d := onDay(pub)
			d.timex += "T" + p
			return d
		})
		e.kind = Clock
		return set(e, ok)
	}
	if next == "fiscal" || next == "financial" {
		k++
		next = t.Low(k)
	}
	if u, ok := words.units.Find(next); ok && !u.plural && !u.clock {
		if u.grain == "century" && w == "past" || u.grain == "decade" && w != "this" || (w == "past" && det(t, i)) || w == "past" && i == j && t.Low(i-1) != "this" {
			return set(f.pastSpan(1, u, k+1, w, false))
		}
		if u.grain == "day" && w == "last" || u.grain == "day" && w == "this" {
			return expr{}, false
		}
		if u.grain == "day" || w == "following" || w == "previous" && i != j {
			return set(f.nextOne(u, k+1, shift))
		}
		// "the last week of March", "the last day of the month"
		if t.Low(k+1) == "of" && w == "last" {
			if e, ok := f.lastOf(u, k+2); ok {
				return set(e, true)
			}
		}
		if u.grain == "week" { // "next week on Friday"
			d := k + 1
			if t.Low(d) == "on" {
				d++
			}
			if day, ok := words.weekdays.Find(t.Low(d)); ok && (t.At(d).Cap || !day.shy) && !t.At(d).Line {
				return set(f.inWeek(d+1, day.day, shift))
			}
		}
		return set(f.relative(k+1, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, shift) }))
	}
	// "the last two days", "the next six months", "the past few weeks"
	n, m, vague, ok := f.amount(k)
	if ok && t.Low(k) != "a" && t.Low(k) != "an" {
		if t.Low(m) == "-" {
			m++
		}
		for c := 0; c < 2 && words.fillers.Has(t.Low(m)); c++ {
			m++
		}
		u, ok := words.units.Find(t.Low(m))
		if ok && w != "this" && (u.plural || n == 1) && !(t.Low(m) == "second") {
			return set(f.pastSpan(n, u, m+1, w, vague))
		}
	}
	if u, ok := words.units.Find(next); ok && u.plural && (w == "past" || w == "coming" || w == "last" || w == "next" || w == "following") {
		if w == "coming" {
			return set(reference("FUTURE_REF", k+1))
		}
		return set(f.pastSpan(0, u, k+1, w, true))
	}
	return expr{}, false
}

func det(t *number.Text, i int) bool { return t.Low(i) == "the" }

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
	if shift == "" {
		p, pp := t.Low(i-1), t.Low(i-2)
		plain := p == "in" || p == "the" && (pp == "in" || pp == "by" || pp == "during" || pp == "until" || pp == "since" || pp == "over" || pp == "before" || pp == "after" || pp == "through" || pp == "for") || p == "early" || p == "late" || p == "by"
		if t.Low(i) == "fall" && !(p == "the" && pp == "in") || t.Low(i) == "spring" && !plain || !plain && !t.At(i).Cap {
			return expr{}, false
		}
		if t.At(i).Cap && !t.At(i).Line && t.At(i+1).Cap && !plain {
			return expr{}, false // a name: "Summer Olympics", "Winter Palace"
		}
		if t.At(i).Cap && !plain && (t.Low(i) == "spring" || t.Low(i) == "fall") {
			return expr{}, false
		}
	}
	return f.relative(i+1, "XXXX-"+s, "season", func(pub time.Time) date {
		d := onSeason(pub.Year(), s)
		switch shift {
		case "last", "previous", "past":
			if d.to.After(pub) || pub.Sub(d.from) > 0 && d.to.After(pub.AddDate(0, -2, 0)) {
				d = onSeason(pub.Year()-1, s)
			}
		case "next":
			if !d.from.After(pub) {
				d = onSeason(pub.Year()+1, s)
			}
		case "this":
			if s == "WI" && pub.Month() < 6 {
				d = onSeason(pub.Year()-1, s)
			}
		default:
			if s == "WI" && pub.Month() < 9 && f.tense(i, i+1) <= 0 {
				d = onSeason(pub.Year()-1, s)
			} else if d.from.After(pub.AddDate(0, 3, 0)) && f.tense(i, i+1) <= 0 {
				d = onSeason(pub.Year()-1, s)
			} else if !d.to.After(pub) && f.tense(i, i+1) > 0 {
				d = onSeason(pub.Year()+1, s)
			}
		}
		return d
	})
}

// ordinalPeriod reads "the third quarter of 2015", "first half of last year", "third-quarter", "second week of May", "fourth week".
func (f *finder) ordinalPeriod(i int) (expr, bool) {
	t := f.t
	o, ok := words.ordinals.Find(t.Low(i))
	j := i + 1
	if a := t.At(i); a.Kind == number.Digits && a.Plain && a.Val > 0 && a.Val < 60 && t.Tight(i+1) {
		switch t.Low(i + 1) {
		case "st", "nd", "rd", "th":
			o, ok, j = int(a.Val), true, i+2
		case "q": // "1Q"
			if a.Val <= 4 {
				return f.quarter(int(a.Val), i+2)
			}
		}
	}
	if !ok {
		if (t.Low(i) == "q" || t.Low(i) == "h") && t.At(i).Cap && t.Tight(i+1) && t.At(i+1).Plain && t.At(i+1).Val >= 1 {
			if v := int(t.At(i + 1).Val); t.Low(i) == "q" && v <= 4 {
				return f.quarter(v, i+2)
			} else if t.Low(i) == "h" && v <= 2 {
				return f.halfYear(v, i+2)
			}
		}
		return expr{}, false
	}
	if t.Low(j) == "-" {
		j++
	}
	if t.Low(j) == "fiscal" || t.Low(j) == "financial" || t.Low(j) == "calendar" {
		j++
	}
	if w, ok := words.weekdays.Find(t.Low(j)); ok && !w.shy && o > 0 && o <= 5 && (t.Low(j+1) == "of" || t.Low(j+1) == "in") {
		if e, ok := f.match(j + 2); ok && e.kind == Date && !e.from.IsZero() && e.grain == "month" {
			d := e.from.AddDate(0, 0, (int(w.day)-int(e.from.Weekday())+7)%7+7*(o-1))
			if d.Before(e.to) {
				e.date, e.first = onDay(d), i
				return e, true
			}
		}
	}
	switch t.Low(j) {
	case "quarter":
		if o > 4 || t.Low(j+1) == "-" && t.Low(j+2) == "final" || t.Low(j+1) == "final" || t.Low(j+1) == "finals" {
			return expr{}, false
		}
		if o == -1 && t.Low(i) == "final" {
			o = 4
		}
		return f.quarter(o, j+1)
	case "half":
		if o != 1 && o != 2 {
			return expr{}, false
		}
		return f.halfYear(o, j+1)
	case "week", "day", "month", "days", "weeks", "months":
		// "the second week of May", "the first day of the month", "the third week next year"
		k := j + 1
		if t.Low(k) == "of" {
			k++
		} else if _, ok := words.shifts.Find(t.Low(k)); !ok {
			return expr{}, false
		}
		if o > 0 {
			if e, ok := f.match(k); ok && e.kind == Date && !e.from.IsZero() && (e.grain == "month" || e.grain == "year" || e.grain == "quarter") {
				g := words.units.Of(t.Low(j)).grain
				at := e.from
				if g == "week" { // a week belongs where most of its days are, as in ISO 8601
					at = at.AddDate(0, 0, 3)
				}
				d := shifted(at, g, o-1)
				if d.from.Before(e.to) {
					e.date = d
					e.first = i
					return e, true
				}
			}
		}
	}
	if o == 1 || o == -1 {
		return f.firstOf(i, j, o)
	}
	return expr{}, false
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

// fuzzy reads "early November", "mid-2014", "late last month", "the end of the year", "earlier this month", "later today".
func (f *finder) fuzzy(i int) (expr, bool) {
	t := f.t
	w := t.Low(i)
	j := i + 1
	which := ""
	switch w {
	case "early", "beginning", "start":
		which = "early"
	case "late", "end":
		which = "late"
	case "mid", "middle", "midway":
		which = "mid"
	}
	if w == "beginning" || w == "start" || w == "end" || w == "middle" || w == "midway" {
		if t.Low(j) != "of" && !(w == "midway" && t.Low(j) == "through") {
			if w == "end" && t.Low(j) == "-" {
				j++
			} else {
				return expr{}, false
			}
		} else {
			j++
		}
	} else if t.Low(j) == "-" {
		j++
	} else if (w == "early" || w == "late") && (t.Low(j) == "in" || t.Low(j) == "on") {
		j++
	} else if w == "earlier" || w == "later" {
		if t.Low(j) == "in" || t.Low(j) == "on" {
			j++
		}
	}
	k := j
	if t.Low(k) == "the" && !(w == "earlier") {
		// "late in the day", "later in the year", "the end of the year"
		g, ok := words.units.Find(t.Low(k + 1))
		if ok && !g.plural && !g.clock {
			var e expr
			if g.grain == "day" {
				e, ok = f.anaphor(k, k+1)
			} else if t.Low(k+2) == "of" {
				return expr{}, false
			} else {
				e, ok = f.relative(k+2, unshifted(g.grain), g.grain, func(pub time.Time) date { return shifted(pub, g.grain, 0) })
			}
			if ok {
				e.first = i
				e.date = narrowed(e.date, which)
				if w == "later" {
					f.fromNow(&e)
				}
			}
			return e, ok
		}
	}
	if j < len(t.Atoms) && !t.At(j).Line {
		var e expr
		ok := false
		switch t.At(j).Kind {
		case number.Digits:
			if e, ok = f.read(rules.decade, j); !ok {
				if e, ok = f.read(rules.year, j); !ok {
					e, ok = f.read(rules.day, j)
				}
			}
		case number.Word:
			if words.starters.Of(t.Low(j)) != 0 {
				e, ok = f.word(j)
			}
		}
		if ok && (e.kind == Date || e.kind == Clock) && !e.isRef() {
			e.first = i
			switch w {
			case "earlier":
				f.upToNow(&e)
			case "later":
				f.fromNow(&e)
			default:
				if w == "late" && e.kind == Date && e.grain == "day" {
					break
				}
				e.date = narrowed(e.date, which)
			}
			return e, true
		}
	}
	if w == "later" && i > 0 {
		p := t.Low(i - 1)
		if t.Low(j) == "than" || words.units.Of(p).grain != "" || p == "no" || p == "or" || p == "a" {
			return expr{}, false
		}
		return reference("FUTURE_REF", i+1)
	}
	if w == "earlier" {
		if p := t.Low(i - 1); p == "a" || p == "an" || words.units.Of(p).grain != "" || t.Low(j) == "than" {
			return expr{}, false
		}
		return reference("PAST_REF", i+1)
	}
	return expr{}, false
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

// fiscal reads "fiscal 2015", "fiscal year 2015", "FY2015".
func (f *finder) fiscal(i int) (expr, bool) {
	j := i + 1
	if f.t.Low(j) == "year" {
		j++
	}
	if y, ok := f.yearNumber(j); ok {
		d := onYear(y)
		d.timex = "FY" + d.timex
		return stated(d, j+1)
	}
	return expr{}, false
}
