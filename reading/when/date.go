package when

import (
	"fmt"
	"strings"
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// numericDate reads "2015-09-30", "9/30/2015", "30.9.2015", "9-30-15", "2015-Sep-30", with the time of day where one follows.
func (f *finder) numericDate(i int) (expr, bool) {
	e, ok := f.dayInDigits(i)
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
	c, timed := f.clock(e.end)
	f.last, f.lastAtom = last, at
	if timed && c.basis == Text {
		c.first, c.basis = i, Stated
		return c
	}
	return e
}

func (f *finder) dayInDigits(i int) (expr, bool) {
	t := f.t
	a, s1, b, s2, c := t.At(i), t.At(i+1), t.At(i+2), t.At(i+3), t.At(i+4)
	if m := words.months.Of(b.Low); m.month > 0 && (s1.Low == "-" || s1.Low == "/") && s2.Low == s1.Low && a.Plain && c.Plain && c.Kind == number.Digits &&
		!s1.Space && !b.Space && !s2.Space && !c.Space { // "2015-Sep-30", "30-Sep-15"
		y, d := a, c
		if len(a.Low) <= 2 {
			y, d = c, a
		}
		if n := int(y.Val); len(y.Low) == 4 || len(y.Low) == 2 {
			if len(y.Low) == 2 {
				n = twoDigits(n)
			}
			if n >= 1000 && n < 3000 && validDay(n, int(m.month), int(d.Val)) {
				return stated(onDay(ymd(n, m.month, int(d.Val))), i+5)
			}
		}
	}
	if !a.Plain || s1.Kind != number.Mark || s1.Space || b.Space || !b.Plain || b.Kind != number.Digits || s2.Low != s1.Low || s2.Space ||
		!c.Plain || c.Space || c.Kind != number.Digits {
		return expr{}, false
	}
	var y, m, d int
	A, B, C := int(a.Val), int(b.Val), int(c.Val)
	switch s1.Low {
	case "-":
		switch {
		case len(a.Low) == 4 && len(b.Low) == 2 && len(c.Low) == 2:
			y, m, d = A, B, C
		case len(a.Low) <= 2 && len(b.Low) <= 2 && len(c.Low) == 4:
			y, m, d = C, A, B
			if m > 12 {
				m, d = d, m
			}
		case len(c.Low) == 2 && len(a.Low) <= 2 && len(b.Low) <= 2 && (c.Low[0] == '0' || len(a.Low)+len(b.Low) == 4) && t.Low(i-1) != "(" && t.Low(i-1) != "record" && !(t.Tight(i+5) && t.At(i+5).Low == "-"):
			y, m, d = twoDigits(C), A, B // "10-27-89"; won, lost and drawn are seldom so many
			if m > 12 {
				m, d = d, m
			}
		default:
			return expr{}, false
		}
	case "/":
		if len(a.Low) == 4 {
			y, m, d = A, B, C
			break
		}
		y, m, d = C, A, B
		if m > 12 {
			m, d = d, m
		}
	case ".":
		y, m, d = C, B, A
		if len(a.Low) == 4 {
			y, m, d = A, B, C
		}
		if m > 12 {
			m, d = d, m
		}
	default:
		return expr{}, false
	}
	if len(c.Low) == 2 && s1.Low != "-" && len(a.Low) != 4 {
		y = twoDigits(y)
	}
	if y < 1000 || y > 2999 || !validDay(y, m, d) {
		return expr{}, false
	}
	end := i + 5
	// "2019-09-01T10:38:07.190Z"
	if t.Low(end) == "t" && t.Tight(end) && t.At(end+1).Kind == number.Digits {
		end += 2
		for t.Tight(end) && (t.Low(end) == ":" || t.At(end).Kind == number.Digits || t.Low(end) == "z") {
			end++
		}
	}
	return stated(onDay(ymd(y, time.Month(m), d)), end)
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

// dayMonth reads "30 September 2015", "11 December", "the 3rd of March".
func (f *finder) dayMonth(i int) (expr, bool) {
	d, j, ok := f.dayNumber(i)
	if !ok {
		return expr{}, false
	}
	last := 0
	if l := f.t.Low(j); l == "-" || l == "to" || l == "until" || l == "till" || l == "and" && f.t.Low(i-1) == "between" {
		if to, k, ok := f.dayNumber(j + 1); ok && to > d {
			last, j = to, k
		}
	}
	if f.t.Low(j) == "of" && (j > i+1 || f.t.At(j+1).Cap) {
		j++
	}
	if f.t.Low(j) == "." && f.t.Tight(j) && f.t.At(j+1).Cap { // "16. Nov. 2016"
		j++
	}
	if f.t.Low(j) == "in" && last > 0 {
		j++
	}
	if e, ok := f.dayOf(i, d, j); ok && (last > 0 || j > i+1) {
		f.rangeTo(&e, e.from.Month(), last)
		return e, true
	}
	m, _, ok := f.month(j)
	if !ok || f.t.At(j).Line {
		return expr{}, false
	}
	if !f.t.At(j).Cap && f.t.Low(j) != "march" && f.t.Low(j) != "may" && len(f.t.Low(j)) < 4 {
		return expr{}, false
	}
	if (f.t.Low(j) == "may" || f.t.Low(j) == "march") && !f.t.At(j).Cap {
		if y, _, _ := f.yearAfter(j + 1); y == 0 {
			return expr{}, false
		}
	}
	// "12 May 7": the day belongs to the month after it.
	return f.onDate(i, m, d, last, j+1)
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
		switch f.t.Low(j + n) {
		case "attack", "attacks", "terrorist", "terror", "hijackers", "hijackings":
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

// monthDate reads what begins with a month: "Oct. 7, 2015", "October 04 , 2005", "Oct. 7-12", "November 2014", "in October".
func (f *finder) monthDate(i int) (expr, bool) {
	m, sure, ok := f.month(i)
	if !ok {
		return expr{}, false
	}
	t := f.t
	j := i + 1
	if t.Low(j) == "." && !t.At(j).Space {
		j++ // "May."; months that are abbreviations hold their dot
		if t.At(j).Kind != number.Digits {
			j--
		}
	}
	if (t.Low(j) == "-" || t.Low(j) == "/") && t.Tight(j) && t.Tight(j+1) && t.At(i).Cap {
		if d, k, ok := f.dayNumber(j + 1); ok && !(t.Tight(k) && t.At(k).Low == "-") {
			return f.onDate(i, m, d, 0, k)
		}
	}
	k := j
	if t.Low(k) == "the" {
		k++
	}
	if n, ok := t.Read(k); ok && n.Words && !n.Round && n.Val > 20 && n.Val <= 31 && n.Val != 30 && t.At(i).Cap && !t.At(k).Line && (t.At(n.End).Kind != number.Word || yearWord(t.Low(n.End))) {
		return f.onDate(i, m, int(n.Val), 0, n.End) // "May twenty-one"
	}
	if a, next := t.At(j), t.At(j+1); a.Kind == number.Digits && a.Plain && len(a.Low) == 2 && a.Val > 31 && !a.Line && t.At(i).Cap && (next.Kind == number.Mark && !strings.ContainsAny(next.Low, "%-/:$") || j+1 >= len(t.Atoms)) {
		return stated(onMonth(twoDigits(int(a.Val)), m), j+1) // "August 99"
	}
	if d, end := f.dayWord(k); d > 0 && t.At(i).Cap && !t.At(k).Line && (t.At(end).Kind != number.Word || t.Low(end) == "and" || yearWord(t.Low(end))) {
		return f.onDate(i, m, d, 0, end)
	}
	if d, k, ok := f.dayNumber(j); ok && !t.At(j).Line && (t.At(i).Cap || len(t.Low(i)) > 3) && !f.counts(k, d) {
		// "Oct. 7-12"
		if t.Low(k) == "-" {
			if to, k2, ok := f.dayNumber(k + 1); ok && to > d && !f.counts(k2, to) {
				return f.onDate(i, m, d, to, k2)
			}
		}
		return f.onDate(i, m, d, 0, k)
	}
	if y, end, basis := f.yearAfter(j); y != 0 && (t.At(i).Cap || len(t.Low(i)) > 3 && !words.months.Of(t.Low(i)).shy) &&
		(t.Low(j) != "," || sure) {
		e, ok := stated(onMonth(y, m), end)
		e.basis = basis
		return e, ok
	}
	if !sure && !(t.At(i).Cap && f.monthBefore(i)) {
		return expr{}, false
	}
	if t.At(i).Low == "may" && t.At(i+1).Cap && t.Tight(i+1) {
		return expr{}, false
	}
	if y := f.rangeYear(i + 1); y != 0 {
		return stated(onMonth(y, m), i+1)
	}
	open := fmt.Sprintf("XXXX-%02d", int(m))
	return f.relative(i+1, open, "month", func(pub time.Time) date {
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

// yearWord says whether a year in words may begin with the word: "the twenty-first nineteen seventy eight".
func yearWord(w string) bool {
	return w == "nineteen" || w == "two" || w == "twenty" || w == "eighteen"
}

// rangeYear is the year at the end of a range of months whose first one ends before atom j: "January-March 2012".
func (f *finder) rangeYear(j int) int {
	switch f.t.Low(j) {
	case "-", "to", "through", "until", "and":
	default:
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
func (f *finder) counts(k, d int) bool {
	t := f.t
	if t.Low(k) == "%" || t.Low(k) == "percent" || t.Low(k) == "per" && t.Low(k+1) == "cent" {
		return true
	}
	if u, ok := words.units.Find(t.Low(k)); ok && u.plural {
		return true
	}
	if number.Scale(t.Low(k)) > 0 {
		return true
	}
	switch t.Low(k) {
	case "people", "civilians", "men", "women", "children", "soldiers", "others":
		return true
	}
	return false
}

// monthBefore says whether the word before makes "May" or "March" a month.
func (f *finder) monthBefore(i int) bool {
	switch f.t.Low(i - 1) {
	case "in", "since", "last", "next", "this", "early", "late", "mid", "until", "till", "by", "during", "of", "from", "between", "through", "before", "after", "for", "past":
		return true
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
	if e, ok := f.monthDate(k); ok && e.grain == "day" && (e.from.IsZero() || e.basis != Stated || e.from.Weekday() == w.day) {
		return e, true
	}
	if t.At(k).Kind == number.Digits {
		if e, ok := f.dayMonth(k); ok {
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
	e, ok := f.relative(j, open, "day", func(pub time.Time) date {
		back := (int(pub.Weekday()) - int(w.day) + 7) % 7
		monday := pub.AddDate(0, 0, -(int(pub.Weekday())+6)%7)
		inWeek := monday.AddDate(0, 0, isoDay(w.day)-1)
		switch shift {
		case "last", "past", "previous":
			if back == 0 {
				back = 7
			}
			return onDay(pub.AddDate(0, 0, -back))
		case "next":
			return onDay(inWeek.AddDate(0, 0, 7))
		case "coming", "following":
			return onDay(pub.AddDate(0, 0, 7-back))
		case "this":
			if f.tense(i, j) < 0 && inWeek.After(pub) {
				return onDay(pub.AddDate(0, 0, -back))
			}
			if inWeek.Before(pub) && f.tense(i, j) > 0 {
				return onDay(inWeek.AddDate(0, 0, 7))
			}
			return onDay(inWeek)
		}
		if back > 0 && f.weekdayToCome(i, j) {
			return onDay(pub.AddDate(0, 0, 7-back))
		}
		return onDay(pub.AddDate(0, 0, -back))
	})
	f.dayPart(&e)
	return e, ok
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
		case w == "not" || w == "t" || w == "n't" || w == "nothing" || w == "nobody" || w == "no" || w == "never" || w == "none" || w == "neither":
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

// decade reads "1990s", "70s", "1970's".
func (f *finder) decade(i int) (expr, bool) {
	t := f.t
	a := t.At(i)
	if !a.Plain || int(a.Val)%10 != 0 || !t.Tight(i+1) {
		return expr{}, false
	}
	end := i + 1
	if w := t.Low(end); w == "s" || w == "'s" {
		end++
	} else if w == "'" && t.Low(end+1) == "s" {
		end += 2
	} else {
		return expr{}, false
	}
	y := int(a.Val)
	switch {
	case len(a.Low) == 4 && y%100 == 0 && y >= 1000 && y < 2000: // "the 1800s"
		return stated(onCentury(y/100+1), end)
	case len(a.Low) == 4 && y >= 1000 && y < 2200:
	case len(a.Low) == 2 && (t.Low(i-1) == "the" || t.Low(i-1) == "'" || t.Low(i-1) == "and" || t.Low(i-1) == "early" || t.Low(i-1) == "late" || t.Low(i-1) == "mid" || t.Low(i-1) == "-" && t.Low(i-2) == "mid"):
		y = twoDigits(y)
		if t.Low(i-1) == "and" && t.Low(i-2) != "s" && t.Low(i-2) != "'s" {
			return expr{}, false
		}
	default:
		return expr{}, false
	}
	return stated(onDecade(y), end)
}

// shortYear reads "'82" and "'90s".
func (f *finder) shortYear(i int) (expr, bool) {
	a := f.t.At(i + 1)
	if a.Kind != number.Digits || !a.Plain || len(a.Low) != 2 {
		return expr{}, false
	}
	if e, ok := f.decade(i + 1); ok {
		return e, true
	}
	if f.t.Tight(i+2) && f.t.At(i+2).Kind != number.Mark || f.t.At(i).Kind == number.Mark && !f.t.At(i).Space {
		return expr{}, false
	}
	return stated(onYear(twoDigits(int(a.Val))), i+2)
}

// century reads "the 20th century", "21st-century".
func (f *finder) century(i int) (expr, bool) {
	t := f.t
	c, j := 0, i+1
	if a := t.At(i); a.Kind == number.Digits && a.Plain && a.Val > 0 && a.Val < 30 && t.Tight(i+1) {
		switch t.Low(i + 1) {
		case "st", "nd", "rd", "th":
			c, j = int(a.Val), i+2
		}
	} else if o := words.ordinals.Of(t.Low(i)); o > 0 {
		c = o
	}
	if t.Low(j) == "-" {
		j++
	}
	if c == 0 || t.Low(j) != "century" {
		return expr{}, false
	}
	return stated(onCentury(c), j+1)
}

// year reads a bare year: "in 2013", "2013 elections", and spans of years, "2014-15".
func (f *finder) year(i int) (expr, bool) {
	t := f.t
	y, ok := f.yearNumber(i)
	if !ok {
		return expr{}, false
	}
	prev := t.At(i - 1)
	cued := prev.Kind == number.Word && (words.yearCues.Has(prev.Low) || words.months.Of(prev.Low).month > 0) || prev.Low == "("
	next := t.At(i + 1)
	switch {
	case prev.Low == "-" && !prev.Space && !t.At(i).Space && t.At(i-2).Kind != number.Digits && t.Low(i-2) != "mid" && t.Low(i-2) != "late" && t.Low(i-2) != "early":
		return expr{}, false // "RBI-2005"
	case words.names.Has(prev.Low) && prev.Cap, prev.Low == "no", prev.Low == "number", prev.Low == "room", prev.Low == "iso":
		return expr{}, false
	case t.Tight(i+1) && (next.Low == "%" || next.Low == ":" || next.Low == "/" && !yearAfterSlash(t, i) || next.Low == "°"):
		return expr{}, false
	case next.Low == "-" && t.At(i+2).Kind == number.Digits && (t.At(i+2).Low == "" || len(t.At(i+2).Low) > 4 || t.At(i+2).Comma):
		return expr{}, false
	case f.unitFollows(i + 1), next.Low == "index", next.Low == "indexes":
		return expr{}, false
	case y < 1500 && (!words.earlyCues.Has(prev.Low) || next.Low == "to" || f.countFollows(i+1)):
		return expr{}, false
	case y > 2060 || y < 1900:
		if !cued || prev.Low == "to" || prev.Low == "for" || prev.Low == "of" || prev.Low == "the" {
			if !(prev.Low == "and" && f.yearBefore(i-2)) && !(prev.Low == "to" && f.yearBefore(i-2)) {
				return expr{}, false
			}
		}
	}
	// A count rather than a year: "about 2000 people".
	switch prev.Low {
	case "about", "nearly", "almost", "over", "than", "least", "approximately", "roughly", "some", "only", "another", "more", "to", "and", "at":
		if f.countFollows(i + 1) {
			return expr{}, false
		}
	}
	// "2014-15", "2015/16", "2009-2011"
	if (next.Low == "-" || next.Low == "/") && !next.Space && t.Tight(i+2) && t.At(i+2).Plain && t.At(i+2).Kind == number.Digits {
		b := t.At(i + 2)
		z := int(b.Val)
		if len(b.Low) == 2 {
			z += y / 100 * 100
		}
		if z > y && z-y < 100 && (len(b.Low) == 2 || len(b.Low) == 4) && !(t.Tight(i+3) && t.At(i+3).Kind != number.Mark) {
			d := onYear(y)
			d.timex += "/" + fmt.Sprintf("%04d", z)
			d.to = ymd(z+1, 1, 1)
			return stated(d, i+3)
		}
	}
	if e, ok := f.inYear(i+1, y); ok {
		return e, true
	}
	d := onYear(y)
	if prev.Low == "fiscal" || prev.Low == "fy" {
		d.timex = "FY" + d.timex
		e, ok := stated(d, i+1)
		return e, ok
	}
	e, ok := stated(d, i+1)
	if !cued {
		e.conf = .75
	}
	return e, ok
}

// inYear reads the month, quarter or half that stands behind its year, at atom j: "2016 June", "2016, Nov.", "2016 Q3".
func (f *finder) inYear(j, y int) (expr, bool) {
	t := f.t
	if a, b := t.At(j), t.At(j+1); (a.Low == "q" || a.Low == "h") && a.Cap && t.Tight(j+1) && b.Kind == number.Digits && b.Plain && b.Val >= 1 && !a.Line {
		switch {
		case a.Low == "q" && b.Val <= 4:
			return stated(onQuarter(y, int(b.Val)), j+2)
		case a.Low == "h" && b.Val <= 2:
			return stated(onHalf(y, int(b.Val)), j+2)
		}
	}
	k := f.afterComma(j)
	m, sure, ok := f.month(k)
	if !ok || t.At(k).Line || !sure && t.Low(k) != "may" && t.Low(k) != "march" || k > j && !sure || !t.At(k).Cap && !sure {
		return expr{}, false
	}
	if t.At(k+1).Kind == number.Digits || !sure && t.At(k+1).Kind == number.Word && !words.starts.Has(t.Low(k+1)) {
		return expr{}, false // a day follows, or "in 2015 May said"
	}
	return stated(onMonth(y, m), k+1)
}

func yearAfterSlash(t *number.Text, i int) bool {
	b := t.At(i + 2)
	return b.Kind == number.Digits && b.Plain && len(b.Low) == 2
}

func (f *finder) yearBefore(j int) bool {
	_, ok := f.yearNumber(j)
	return ok
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
