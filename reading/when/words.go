package when

import (
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// wordYear reads a year in words at atom i: "nineteen twenty eight", "nineteen zero one", "two thousand and eighteen", "twenty ten".
func (f *finder) wordYear(i int) (y, end int) {
	t := f.t
	if t.At(i).Kind != number.Word || !number.Starts(t.Low(i)) || t.Low(i) == "a" || t.Low(i) == "an" {
		return 0, i
	}
	if n, ok := t.Read(i); ok && n.Words && n.Val >= 1000 && n.Val < 2200 && n.Val == float64(int(n.Val)) && n.Scale != 1e6 {
		return int(n.Val), n.End
	}
	c, ok := t.Read(i)
	if !ok || c.Val < 10 || c.Val > 21 || c.Val != float64(int(c.Val)) {
		// "twenty-ten": the century and its years are read as one number where they may be one
		return 0, i
	}
	j := f.hyphen(c.End)
	zero := t.Low(j) == "zero" || t.Low(j) == "oh" || t.Low(j) == "o"
	if zero {
		j++
	}
	n, ok := t.Read(j)
	if !ok || !n.Words || n.Val != float64(int(n.Val)) || zero != (n.Val < 10) || n.Val >= 100 || n.Scale != 1 {
		return 0, i
	}
	return int(c.Val)*100 + int(n.Val), n.End
}

// wordDecade reads "nineteen seventies", "two thousand and tens", "noughties".
func (f *finder) wordDecade(i int) (expr, bool) {
	t := f.t
	if t.Low(i) == "noughties" {
		return stated(onDecade(2000), i+1)
	}
	c, ok := t.Read(i)
	if !ok || !c.Words {
		return expr{}, false
	}
	y := int(c.Val)
	j := f.hyphen(c.End)
	switch {
	case c.Val >= 15 && c.Val <= 21 && c.Val == float64(y):
		y *= 100
	case c.Val != 2000 && c.Val != 1000:
		if c.Val == 2 && t.Low(c.End) == "thousands" {
			return stated(onDecade(2000), c.End+1)
		}
		return expr{}, false
	}
	if t.Low(j) == "and" {
		j++
	}
	d, ok := words.decadeWords.Find(t.Low(j))
	if t.Low(j) == "tens" {
		d, ok = 10, true
	}
	if !ok {
		return expr{}, false
	}
	return stated(onDecade(y+d), j+1)
}

// dayWord reads the day of a month in words at atom i: "first", "twenty-second", "thirty first"; d is 0 where there is none.
func (f *finder) dayWord(i int) (d, end int) {
	t := f.t
	switch t.Low(i) {
	case "thirtieth":
		return 30, i + 1
	case "twenty", "thirty":
		j := f.hyphen(i + 1)
		o := words.ordinals.Of(t.Low(j))
		if t.Low(i) == "thirty" && o > 1 || o < 1 || o > 9 {
			return 0, i
		}
		if t.Low(i) == "thirty" {
			return 31, j + 1
		}
		return 20 + o, j + 1
	}
	if o := words.ordinals.Of(t.Low(i)); o > 0 {
		return o, i + 1
	}
	return 0, i
}

// wordDay reads "second of August", "the twenty-first of June 2017".
func (f *finder) wordDay(i int) (expr, bool) {
	d, j := f.dayWord(i)
	if d == 0 || f.t.Low(j) != "of" {
		return expr{}, false
	}
	m, _, ok := f.month(j + 1)
	if !ok || !f.t.At(j+1).Cap {
		return expr{}, false
	}
	return f.onDate(i, m, d, 0, j+2)
}

// dayOf is day d of the month that "of next month" and the like at atom j means.
func (f *finder) dayOf(first, d, j int) (expr, bool) {
	t := f.t
	if t.Low(j) == "of" {
		j++
	}
	shift, ok := words.shifts.Find(t.Low(j))
	if !ok || t.Low(j+1) != "month" {
		return expr{}, false
	}
	e, ok := f.relative(j+2, "XXXX-XX-XX", "day", func(pub time.Time) date {
		m := shifted(pub, "month", shift).from
		return onDay(m.AddDate(0, 0, d-1))
	})
	e.first = first
	return e, ok && (e.from.IsZero() || validDay(e.from.Year(), int(e.from.Month()), d))
}

// ordinalDay reads "the 15th" where nothing follows that it could number: that day nearest to the day of publication, on the
// side that the tense says, else before it.
func (f *finder) ordinalDay(i, j int) (expr, bool) {
	t := f.t
	d, k, ok := f.dayNumber(j)
	if !ok || k == j+1 {
		return expr{}, false
	}
	if e, ok := f.dayOf(i, d, k); ok {
		return e, true
	}
	if !words.beforeOrdinal.Has(t.Low(i - 1)) {
		return expr{}, false
	}
	if next := t.At(k); next.Kind != number.Mark && !next.Line && k < len(t.Atoms) && next.Low != "and" && next.Low != "but" && next.Low != "to" || next.Low == "-" || next.Low == "'" {
		return expr{}, false
	}
	e, ok := f.relative(k, "XXXX-XX-XX", "day", func(pub time.Time) date {
		at := ymd(pub.Year(), pub.Month(), 1)
		step := -1
		if f.tense(i, k) > 0 {
			step = 1
		}
		for n := 0; n < 4; n, at = n+1, at.AddDate(0, step, 0) {
			if validDay(at.Year(), int(at.Month()), d) {
				if x := at.AddDate(0, 0, d-1); step < 0 && !x.After(pub) || step > 0 && !x.Before(pub) {
					return onDay(x)
				}
			}
		}
		return onDay(pub)
	})
	e.first, e.conf = i, .6
	return e, ok
}

// weekdayThe reads "Friday the 15th": the nearest 15th that is a Friday; j is "the".
func (f *finder) weekdayThe(i, j int, w time.Weekday) (expr, bool) {
	d, k, ok := f.dayNumber(j + 1)
	if !ok || k == j+2 {
		return expr{}, false
	}
	return f.relative(k, "XXXX-XX-XX", "day", func(pub time.Time) date {
		for n := range 14 {
			m := (n + 1) / 2
			if n%2 == 1 {
				m = -m
			}
			at := ymd(pub.Year(), pub.Month(), 1).AddDate(0, m, 0)
			if x := at.AddDate(0, 0, d-1); x.Month() == at.Month() && x.Weekday() == w {
				return onDay(x)
			}
		}
		return onDay(pub)
	})
}

// weekOf is how many weeks from this one "next week" at atom j is, and the atom after it; ok says whether it stands there.
func (f *finder) weekOf(j int) (shift, end int, ok bool) {
	if f.t.Low(j) == "of" || f.t.Low(j) == "on" {
		j++
	}
	shift, ok = words.shifts.Find(f.t.Low(j))
	return shift, j + 2, ok && f.t.Low(j+1) == "week" && f.t.Low(j) != "past" && f.t.Low(j) != "following"
}

// inWeek is the weekday of the week shift weeks from that of publication.
func (f *finder) inWeek(end int, w time.Weekday, shift int) (expr, bool) {
	return f.relative(end, "XXXX-WXX", "day", func(pub time.Time) date {
		return onDay(onWeek(pub).from.AddDate(0, 0, 7*shift+isoDay(w)-1))
	})
}

// weekWith reads "the week of Sept. 16", "the week beginning Feb. 4": the week that holds the day; j is "week" or "month".
func (f *finder) weekWith(i, j int) (expr, bool) {
	t := f.t
	k := j + 1
	if !words.withDay.Has(t.Low(k)) {
		return expr{}, false
	}
	k++
	if t.Low(k) == "on" {
		k++
	}
	e, ok := f.match(k)
	if !ok || e.kind != Date || e.grain != "day" || e.from.IsZero() {
		return expr{}, false
	}
	if words.toEnd.Has(t.Low(e.end)) { // the days follow
		return expr{}, false
	}
	e.date, e.first = shifted(e.from, t.Low(j), 0), i
	return e, true
}

// rest reads "the rest of the year": from the day of publication on.
func (f *finder) rest(i, j int) (expr, bool) {
	t := f.t
	k := j + 1
	if t.Low(k) != "of" {
		return expr{}, false
	}
	switch t.Low(k + 1) {
	case "the", "this":
	default:
		return expr{}, false
	}
	u, ok := words.units.Find(t.Low(k + 2))
	if !ok || u.plural || u.clock || u.grain == "day" || t.Low(k+3) == "of" {
		return expr{}, false
	}
	e, ok := f.relative(k+3, unshifted(u.grain), u.grain, func(pub time.Time) date {
		d := shifted(pub, u.grain, 0)
		d.from = pub
		return d
	})
	e.first = i
	return e, ok
}
