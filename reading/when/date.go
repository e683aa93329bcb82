package when

import (
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// numericDate reads "2015-09-30", "9/30/2015", "30.9.2015", "9-30-15", "2015-Sep-30", with the time of day where one follows.
func (f *finder) numericDate(i int) (expr, bool) {
	e, ok := f.read(rules.numeric, i)
	if !ok {
		return e, false
	}
	return f.timed(i, e), true
}

// timed is the day stated at atom i with the time of day that follows it.
func (f *finder) timed(i int, e expr) expr {
	if e.grain != "day" || e.kind != Date || e.basis != Stated || f.t.At(e.end).Line || f.t.At(e.end).Kind != number.Digits {
		return e
	}
	last, at := f.last, f.lastAtom
	f.last, f.lastAtom = e.from, e.end
	c, timed := f.read(rules.clock, e.end)
	f.last, f.lastAtom = last, at
	if timed && c.basis == Text {
		c.first, c.basis = i, Stated
		return c
	}
	return e
}

// inDigits is the day whose year, month and day a match names; loose where a month above 12 is taken for the day.
func (f *finder) inDigits(m *match, loose bool) (expr, bool) {
	y, mo, d := f.val(m, "y"), f.val(m, "m"), f.val(m, "d")
	yAt, _ := m.Of("y")
	mAt, _ := m.Of("m")
	long, short := f.t.Low(yAt), f.t.Low(mAt)
	if name := words.months.Of(short); name.month > 0 { // "2015-Sep-30", "30-Sep-15"
		mo = int(name.month)
		if len(long) <= 2 {
			at, _ := m.Of("d")
			y, d, long = d, y, f.t.Low(at)
		}
		if len(long) != 2 && len(long) != 4 {
			return expr{}, false
		}
	}
	if len(long) == 2 {
		y = twoDigits(y)
	}
	if loose && mo > 12 {
		mo, d = d, mo
	}
	if y < 1000 || y > 2999 || !validDay(y, mo, d) {
		return expr{}, false
	}
	return stated(onDay(ymd(y, time.Month(mo), d)), m.End)
}

func twoDigits(y int) int {
	if y < 40 {
		return 2000 + y
	}
	return 1900 + y
}

func validDay(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= ymd(y, time.Month(m)+1, 0).Day()
}

// month is the month named at atom i; sure says that it needs no day or year beside it.
func (f *finder) month(i int) (m time.Month, sure, ok bool) {
	a := f.t.At(i)
	w, ok := words.months.Find(a.Low)
	if !ok || a.Kind != number.Word {
		return 0, false, false
	}
	if !a.Cap {
		return w.month, !w.shy && a.Low != "august" && len(a.Low) > 3, true
	}
	return w.month, !w.shy || a.Dot && a.Low != "mar", true
}

// dayNumber is the day of the month at atom i ("7", "7th"), and the atom after it.
func (f *finder) dayNumber(i int) (int, int, bool) {
	a := f.t.At(i)
	if a.Kind != number.Digits || !a.Plain || len(a.Low) > 2 || a.Val < 1 || a.Val > 31 {
		return 0, 0, false
	}
	end := i + 1
	if f.t.Tight(end) {
		switch f.t.Low(end) {
		case "st", "nd", "rd", "th":
			return int(a.Val), end + 1, true
		case ":": // "6:30", and not "on June 11:"
			if f.t.Tight(end+1) && f.t.At(end+1).Kind == number.Digits {
				return 0, 0, false
			}
		case "%", "/", "$":
			return 0, 0, false
		case ",", ".", "-", ")", "'", "'s", ";", "?", "!", "\"", "”", "’", "]":
		default:
			if f.t.At(end).Kind != number.Mark {
				return 0, 0, false
			}
		}
	}
	return int(a.Val), end, true
}

// yearNumber is the year at atom i.
func (f *finder) yearNumber(i int) (int, bool) {
	a := f.t.At(i)
	if a.Kind != number.Digits || !a.Plain || len(a.Low) != 4 || a.Val < 1000 || a.Val > 2199 || f.t.At(i).Line && f.t.At(i).Start > 0 {
		return 0, false
	}
	if b := f.t.At(i + 1); f.t.Tight(i+1) && b.Kind != number.Mark && b.Low != "'s" {
		return 0, false
	}
	return int(a.Val), true
}

// afterComma is the atom at or after one comma at j.
func (f *finder) afterComma(j int) int {
	if f.t.Low(j) == "," {
		return j + 1
	}
	return j
}

// yearAfter is the year that goes with a month or day before atom j: "2015", ", 2015", "of 2015", "of next year", "'15".
func (f *finder) yearAfter(j int) (y, end int, basis string) {
	k := f.afterComma(j)
	if y, ok := f.yearNumber(k); ok {
		return y, k + 1, Stated
	}
	if y, end := f.wordYear(k); y > 0 && !f.countFollows(end) {
		return y, end, Stated
	}
	if a := f.t.At(j + 1); f.t.Low(j) == "'" && f.t.Tight(j+1) && a.Plain && len(a.Low) == 2 && f.t.At(j).Space { // "17 Feb '14"
		return twoDigits(int(a.Val)), j + 2, Stated
	}
	if f.t.Low(j) == "of" {
		if y, ok := f.yearNumber(j + 1); ok {
			return y, j + 2, Stated
		}
		if y, end := f.wordYear(j + 1); y > 0 {
			return y, end, Stated
		}
		k = j + 1
	} else {
		k = j
	}
	if f.known && f.t.Low(k+1) == "year" {
		if s, ok := words.shifts.Find(f.t.Low(k)); ok {
			return f.pub.Year() + s, k + 2, Published
		}
	}
	if f.known && f.t.Low(j) == "of" && f.t.Low(k) == "that" && f.t.Low(k+1) == "year" && !f.last.IsZero() {
		return f.last.Year(), k + 2, Text
	}
	return 0, j, ""
}

// range is the days at the labels "d" and "to" of a match, the second 0 without; ok says that they are in order.
func (f *finder) days(m *match) (d, to int, ok bool) {
	i, _ := m.Of("d")
	if i < 0 {
		return 0, 0, false
	}
	if d, _, ok = f.dayNumber(i); !ok {
		if d, _ = f.dayWord(i); d == 0 {
			n, _ := f.t.Read(i)
			d = int(n.Val)
		}
	}
	if i, _ = m.Of("to"); i < 0 {
		return d, 0, true
	}
	to, _, _ = f.dayNumber(i)
	return d, to, to > d
}

// dayOfMonth is a day of "next month" and the like.
func (f *finder) dayOfMonth(m *match) (expr, bool) {
	d, to, ok := f.days(m)
	if !ok {
		return expr{}, false
	}
	at, _ := m.Of("at")
	e, ok := f.dayOf(m.First, d, at)
	if ok {
		f.rangeTo(&e, e.from.Month(), to)
	}
	return e, ok
}

// dayBefore is a day that stands before its month.
func (f *finder) dayBefore(m *match) (expr, bool) {
	d, to, ok := f.days(m)
	at, _ := m.Of("at")
	if a := f.t.At(at); !ok || a.Line || !a.Cap && len(a.Low) < 4 && a.Low != "may" {
		return expr{}, false
	} else if !a.Cap && (a.Low == "may" || a.Low == "march") {
		if y, _, _ := f.yearAfter(at + 1); y == 0 {
			return expr{}, false
		}
	}
	return f.onDate(m.First, words.months.Of(f.t.Low(at)).month, d, to, at+1)
}

// namedDay is a day that stands behind its month.
func (f *finder) namedDay(m *match) (expr, bool) {
	d, to, ok := f.days(m)
	if !ok {
		return expr{}, false
	}
	return f.onDate(m.First, f.named(m), d, to, m.End)
}

// monthOfYear is a month with its year behind it.
func (f *finder) monthOfYear(m *match) (expr, bool) {
	y, end, basis := f.yearAfter(m.End)
	name := words.months.Of(f.t.Low(m.First))
	if _, sure, _ := f.month(m.First); y == 0 || !f.t.At(m.First).Cap && name.shy || f.t.Low(m.End) == "," && !sure {
		return expr{}, false
	}
	e, ok := stated(onMonth(y, name.month), end)
	e.basis = basis
	return e, ok
}

// monthInDigits is a month of a year in digits; "2014-15" is two years.
func (f *finder) monthInDigits(m *match) (expr, bool) {
	y, mo := f.val(m, "y"), f.val(m, "m")
	at, _ := m.Of("m")
	if part := f.t.Low(at); y < 1900 || y > 2100 || mo < 1 || mo > 12 || at > m.First && len(part) == 2 && part[0] != '0' && mo > y%100 {
		return expr{}, false
	}
	return stated(onMonth(y, time.Month(mo)), m.End)
}

// slashDay is a day like "4/22" or "22/4" of the year that fits.
func (f *finder) slashDay(m *match) (expr, bool) {
	mo, d := f.val(m, "m"), f.val(m, "d")
	if mo > 12 {
		mo, d = d, mo
	}
	if !validDay(2000, mo, d) {
		return expr{}, false
	}
	return f.onDate(m.First, time.Month(mo), d, 0, m.End)
}

// numberedCentury is the century of a match's number.
func (f *finder) numberedCentury(m *match) (expr, bool) {
	at, _ := m.Of("n")
	c := f.val(m, "n")
	if c == 0 {
		c = words.ordinals.Of(f.t.Low(at))
	}
	if c <= 0 {
		return expr{}, false
	}
	return stated(onCentury(c), m.End)
}

// yearSpan is a span of years: "2014-15".
func (f *finder) yearSpan(m *match) (expr, bool) {
	y, z := f.year4(m), f.val(m, "z")
	if at, _ := m.Of("z"); len(f.t.Low(at)) == 2 {
		z += y / 100 * 100
	}
	if z <= y || z-y >= 100 {
		return expr{}, false
	}
	d := onYear(y)
	d.timex += "/" + fmt.Sprintf("%04d", z)
	d.to = ymd(z+1, 1, 1)
	return stated(d, m.End)
}

// onDate makes the day of a month, with the year that follows at j if one does; to is the last day of a range, 0 without.
func (f *finder) onDate(first int, m time.Month, d, to, j int) (expr, bool) {
	y, end, basis := f.yearAfter(j)
	if y == 0 && m == time.September && d == 11 && f.attack(j) {
		return stated(onDay(ymd(2001, m, d)), j)
	}
	if y == 0 {
		if !validDay(2000, int(m), d) {
			return expr{}, false
		}
		open := fmt.Sprintf("XXXX-%02d-%02d", int(m), d)
		e, ok := f.relative(j, open, "day", func(pub time.Time) date { return onDay(f.nearestDay(first, j, m, d)) })
		f.rangeTo(&e, m, to)
		return e, ok
	}
	if !validDay(y, int(m), d) {
		return expr{}, false
	}
	e, ok := stated(onDay(ymd(y, m, d)), end)
	e.basis = basis
	f.rangeTo(&e, m, to)
	return e, ok
}

// attack says whether the words after "Sept. 11" make it the day of 2001.
func (f *finder) attack(j int) bool {
	for n := 0; n < 2; n++ {
		if words.attacks.Has(f.t.Low(j + n)) {
			return true
		}
	}
	return false
}

func (f *finder) rangeTo(e *expr, m time.Month, to int) {
	if to == 0 || e.from.IsZero() || !validDay(e.from.Year(), int(m), to) {
		return
	}
	last := ymd(e.from.Year(), m, to)
	if last.After(e.from) {
		e.timex += "/" + last.Format(time.DateOnly)
		e.to = last.AddDate(0, 0, 1)
	}
}

// farDays is how far on the wrong side of the day of publication the nearest day of a year may lie before the clause's tense
// moves it by a year.
const farDays = 75

// nearestDay is the day of a year not named that lies nearest to the day of publication; where the clause says past or future
// and the nearest is far on the other side, the next on that side.
func (f *finder) nearestDay(first, end int, m time.Month, d int) time.Time {
	best := time.Time{}
	for y := f.pub.Year() - 1; y <= f.pub.Year()+1; y++ {
		if !validDay(y, int(m), d) {
			continue
		}
		if t := ymd(y, m, d); best.IsZero() || apart(t, f.pub) < apart(best, f.pub) {
			best = t
		}
	}
	if best.IsZero() { // Feb. 29
		for y := f.pub.Year(); ; y-- {
			if validDay(y, int(m), d) {
				return ymd(y, m, d)
			}
		}
	}
	switch tense := f.tense(first, end); {
	case tense < 0 && best.Sub(f.pub) > farDays*24*time.Hour && validDay(best.Year()-1, int(m), d):
		return ymd(best.Year()-1, m, d)
	case tense > 0 && f.pub.Sub(best) > farDays*24*time.Hour && validDay(best.Year()+1, int(m), d):
		return ymd(best.Year()+1, m, d)
	}
	return best
}

func apart(a, b time.Time) time.Duration {
	if a.Before(b) {
		return b.Sub(a)
	}
	return a.Sub(b)
}

// monthOpen is the TIMEX3 value of a month of a year that is not known.
func monthOpen(m time.Month) string { return fmt.Sprintf("XXXX-%02d", int(m)) }

// nearestMonth is the month of that name that lies nearest to the day of publication, on the side that the tense says.
func (f *finder) nearestMonth(i int, m time.Month) (expr, bool) {
	return f.relative(i+1, monthOpen(m), "month", func(pub time.Time) date {
		y := pub.Year()
		d := onMonth(y, m)
		tense := f.tense(i, i+1)
		switch {
		case tense > 0:
			if !d.to.After(pub) {
				d = onMonth(y+1, m)
			}
		case tense < 0:
			if d.from.After(pub) {
				d = onMonth(y-1, m)
			}
		default: // the past eight months and the next three
			if d.from.After(pub.AddDate(0, 3, 0)) {
				d = onMonth(y-1, m)
			} else if d.to.Before(pub.AddDate(0, -8, 0)) {
				d = onMonth(y+1, m)
			}
		}
		return d
	})
}

// rangeYear is the year at the end of a range of months whose first one ends before atom j: "January-March 2012".
func (f *finder) rangeYear(j int) int {
	if w := f.t.Low(j); !words.toEnd.Has(w) && w != "and" {
		return 0
	}
	if m, _, ok := f.month(j + 1); ok && m > 0 && f.t.At(j+1).Cap {
		k := j + 2
		if f.t.Low(k) == "of" {
			k++
		}
		if y, ok := f.yearNumber(k); ok {
			return y
		}
	}
	return 0
}

// counts says whether the small number before atom k counts something and is no day: "In May 12 people died".
func (f *finder) counts(k int) bool {
	t := f.t
	if t.Low(k) == "%" || t.Low(k) == "percent" || t.Low(k) == "per" && t.Low(k+1) == "cent" {
		return true
	}
	if u, ok := words.units.Find(t.Low(k)); ok && u.plural {
		return true
	}
	return number.Scale(t.Low(k)) > 0 || words.people.Has(t.Low(k))
}

// monthBefore says whether the word before makes "May" or "March" a month.
func (f *finder) monthBefore(i int) bool {
	w := f.t.Low(i - 1)
	if words.beforeMonth.Has(w) {
		return true
	}
	switch w {
	case "-":
		_, ok := words.months.Find(f.t.Low(i - 2))
		return f.t.Low(i-2) == "mid" || ok && f.t.At(i-2).Cap
	case "and", "to", "or":
		if _, ok := words.months.Find(f.t.Low(i - 2)); ok {
			return f.t.At(i - 2).Cap
		}
	}
	return false
}

// weekday reads "Wednesday", "Friday morning", "Wednesday, Oct. 7, 2015", with a shift before it ("last Friday").
func (f *finder) weekday(i int, shift string) (expr, bool) {
	t := f.t
	a := t.At(i)
	w, ok := words.weekdays.Find(a.Low)
	if !ok || w.shy && (!a.Cap || !a.Dot && !f.dateFollows(i+1)) {
		return expr{}, false
	}
	if w.shy && (a.Low == "sun" || a.Low == "sat") && !f.dateFollows(i+1) && t.Low(i+1) != "," && i > 0 && !a.Line && shift == "" && a.Dot && !t.At(i+1).Line && t.At(i+1).Kind == number.Word {
		return expr{}, false
	}
	j := i + 1
	// A date beside it says which.
	k := f.afterComma(j)
	if t.Low(k) == "the" {
		k++
	}
	if e, ok := f.read(rules.month, k); ok && e.grain == "day" && (e.from.IsZero() || e.basis != Stated || e.from.Weekday() == w.day) {
		return e, true
	}
	if t.At(k).Kind == number.Digits {
		if e, ok := f.read(rules.day, k); ok {
			return e, true
		}
	}
	if t.Low(j) == "the" && shift == "" {
		if e, ok := f.weekdayThe(i, j, w.day); ok {
			return e, true
		}
	}
	if n, end, ok := f.weekOf(j); ok && shift == "" {
		return f.inWeek(end, w.day, n)
	}
	if strings.HasSuffix(a.Low, "days") && shift == "" {
		return expr{date: date{timex: fmt.Sprintf("XXXX-WXX-%d", isoDay(w.day)), grain: "day"}, end: j, kind: Set, basis: Unresolved, conf: .8}, true
	}
	open := fmt.Sprintf("XXXX-WXX-%d", isoDay(w.day))
	e, ok := f.relative(j, open, "day", func(pub time.Time) date { return onDay(f.whichWeekday(i, j, w.day, shift, pub)) })
	f.dayPart(&e)
	return e, ok
}

// whichWeekday is the day that a weekday's name at atoms [i, j) means, by the word that shifts it or by what the clause says.
func (f *finder) whichWeekday(i, j int, w time.Weekday, shift string, pub time.Time) time.Time {
	back := (int(pub.Weekday()) - int(w) + 7) % 7
	inWeek := pub.AddDate(0, 0, -(int(pub.Weekday())+6)%7+isoDay(w)-1)
	switch shift {
	case "last", "past", "previous":
		if back == 0 {
			back = 7
		}
	case "next":
		return inWeek.AddDate(0, 0, 7)
	case "coming", "following":
		return pub.AddDate(0, 0, 7-back)
	case "this":
		switch tense := f.tense(i, j); {
		case tense < 0 && inWeek.After(pub):
		case tense > 0 && inWeek.Before(pub):
			return inWeek.AddDate(0, 0, 7)
		default:
			return inWeek
		}
	default:
		if back > 0 && f.weekdayToCome(i, j) {
			return pub.AddDate(0, 0, 7-back)
		}
	}
	return pub.AddDate(0, 0, -back)
}

func isoDay(d time.Weekday) int {
	if d == time.Sunday {
		return 7
	}
	return int(d)
}

func (f *finder) dateFollows(j int) bool {
	j = f.afterComma(j)
	_, _, m := f.month(j)
	return m || f.t.At(j).Kind == number.Digits && func() bool { _, _, m := f.month(j + 1); return m }()
}

// weekdayToCome says whether a bare weekday lies ahead. A verb of the past right before it binds it ("said Friday it will").
func (f *finder) weekdayToCome(i, end int) bool {
	j := i - 1
	if p := f.t.Low(j); p == "through" {
		return f.tense(i, end) >= 0
	} else if p == "until" || p == "till" || p == "by" {
		return !f.notUntil(j)
	} else if p == "on" || p == "late" || p == "early" {
		j--
	}
	if f.cue(j) < 0 || f.cue(end) < 0 {
		return false
	}
	return words.scheduled.Has(f.t.Low(j)) || f.tense(i, end) > 0
}

// notUntil says whether what came about only until or by the day after atom j has come about: "found nothing until Tuesday".
func (f *finder) notUntil(j int) bool {
	not, past := false, false
	for n := 0; n < 10; n++ {
		j--
		switch w := f.t.Low(j); {
		case f.t.At(j).Kind == number.Mark && w != "'" && w != "-":
			return not && past
		case words.notYet.Has(w):
			not = true
			past = past || strings.HasSuffix(f.t.Low(j-1), "didn") || strings.HasSuffix(f.t.Low(j-1), "wasn") || f.t.Low(j-1) == "did"
		case f.cue(j) > 0:
			return false
		case f.cue(j) < 0:
			past = true
		}
	}
	return not && past
}

// shortYear reads "'82" and "'90s".
func (f *finder) shortYear(i int) (expr, bool) {
	a := f.t.At(i + 1)
	if a.Kind != number.Digits || !a.Plain || len(a.Low) != 2 {
		return expr{}, false
	}
	if e, ok := f.read(rules.decade, i+1); ok {
		return e, true
	}
	if f.t.Tight(i+2) && f.t.At(i+2).Kind != number.Mark || f.t.At(i).Kind == number.Mark && !f.t.At(i).Space {
		return expr{}, false
	}
	return stated(onYear(twoDigits(int(a.Val))), i+2)
}

// unitFollows says whether a unit of measure follows: the number before is no year. A range takes the unit of its end.
func (f *finder) unitFollows(j int) bool {
	t := f.t
	for range longestChain {
		w, next := t.Low(j), t.At(j+1)
		switch {
		case w == "to" && next.Kind == number.Digits,
			w == "-" && next.Kind == number.Digits && next.Plain && len(next.Low) == 4 && j < len(t.Atoms)-2:
			j += 2
			continue
		case number.Scale(w) > 0 || w == "percent" || w == "per" || w == "%":
			return true
		}
		if u, ok := words.units.Find(w); ok {
			return u.plural
		}
		return words.measures.Has(w)
	}
	return false
}

// longestChain is how many numbers may stand between a number and the unit that they share. The cost of a list of years is bounded
// by it.
const longestChain = 8

// countFollows says whether a plural noun follows.
func (f *finder) countFollows(j int) bool {
	a := f.t.At(j)
	return a.Kind == number.Word && len(a.Low) > 3 && (strings.HasSuffix(a.Low, "s") || a.Low == "people")
}

// holiday reads the name of a holiday, with its year if one follows.
func (f *finder) holiday(i int) (expr, bool) {
	a := f.t.At(i)
	if !a.Cap {
		return expr{}, false
	}
	for k := range words.holidays {
		h := &words.holidays[k]
		if !f.t.Is(i, h.words...) || !f.t.At(i+len(h.words)-1).Cap {
			continue
		}
		end := i + len(h.words)
		if next := f.t.At(end); next.Cap && next.Kind == number.Word && !next.Line { // "Easter Island"
			continue
		}
		if y, end, basis := f.yearAfter(end); y != 0 {
			e, ok := stated(onDay(h.in(y)), end)
			e.basis = basis
			return e, ok
		}
		open := "XXXX-XX-XX"
		if h.day > 0 {
			open = fmt.Sprintf("XXXX-%02d-%02d", int(h.month), h.day)
		}
		return f.relative(end, open, "day", func(pub time.Time) date {
			best := h.in(pub.Year())
			for y := pub.Year() - 1; y <= pub.Year()+1; y++ {
				if t := h.in(y); apart(t, pub) < apart(best, pub) {
					best = t
				}
			}
			switch p := f.t.Low(i - 1); {
			case p == "last" && !best.Before(pub):
				best = h.in(best.Year() - 1)
			case p == "next" && !best.After(pub):
				best = h.in(best.Year() + 1)
			}
			return onDay(best)
		})
	}
	return expr{}, false
}
