// Package when finds time expressions and resolves them against the day of publication (TIMEX3 of TimeML 1.2.1, and half-open
// intervals).
//
// A hand-written scanner reads the atoms of package number from left to right; at each it takes the longest expression that the
// tables of english.go allow. Values follow TIMEX3: "2015-10-07", "2015-W41", "2015-10-07TNI", "P2D", "PAST_REF"; the interval
// is what the expression means where it stands: that of "Sept. 30" in "since Sept. 30" runs to the day of publication.
package when

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"onrecord"
	"onrecord/english"
	"onrecord/reading/when/number"
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
	f := finder{t: number.Lex(l.Doc.Text)}
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
	out      []onrecord.Time
	ends     []int // for each of out, the atom after its last
	depth    int   // of expressions inside expressions
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
		if a := &t.Atoms[i]; a.Kind == number.Word && !starters.Has(a.Low) {
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
	if e.grain == "day" && !e.from.IsZero() && (e.kind == Date || e.kind == Clock) {
		f.last, f.lastAtom = e.from, e.end
	}
	iv := onrecord.Interval{}
	if !e.from.IsZero() || !e.to.IsZero() {
		iv = onrecord.Interval{From: e.from, To: e.to, Basis: e.basis}
	}
	f.out = append(f.out, onrecord.Time{
		Span: f.t.Span(e.first, e.end), Timex: e.timex, Interval: iv, Grain: e.grain, Kind: e.kind, Basis: e.basis, Confidence: e.conf,
	})
	f.ends = append(f.ends, e.end)
	f.since(e)
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
		}
		if t.At(i-1).Kind != number.Mark && t.At(i-1).Kind != number.Word || t.At(i-1).Kind == number.Word {
			return expr{}, false // "S23", "EUR50m"
		}
	}
	if e, ok := f.numericDate(i); ok {
		return e, true
	}
	if e, ok := f.clock(i); ok {
		return e, true
	}
	if e, ok := f.dayMonth(i); ok {
		return e, true
	}
	if e, ok := f.century(i); ok {
		return e, true
	}
	if e, ok := f.ordinalPeriod(i); ok {
		return e, true
	}
	if e, ok := f.duration(i); ok {
		return e, true
	}
	if e, ok := f.decade(i); ok {
		return e, true
	}
	return f.year(i)
}

// numericDate reads "2015-09-30", "9/30/2015", "30.9.2015".
func (f *finder) numericDate(i int) (expr, bool) {
	t := f.t
	a, s1, b, s2, c := t.At(i), t.At(i+1), t.At(i+2), t.At(i+3), t.At(i+4)
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
	w, ok := months[a.Low]
	if !ok || a.Kind != number.Word {
		return 0, false, false
	}
	if !a.Cap {
		return w.month, !w.shy && a.Low != "august" && len(a.Low) > 4, true
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
		case "%", ":", "/", "$":
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
	if y, ok := f.yearNumber(k); ok && (k == j || true) {
		return y, k + 1, Stated
	}
	if f.t.Low(j) == "of" || f.t.Low(j) == "in" && false {
		if y, ok := f.yearNumber(j + 1); ok {
			return y, j + 2, Stated
		}
		k = j + 1
	} else {
		k = j
	}
	if f.known && f.t.Low(k+1) == "year" {
		if s, ok := shifts[f.t.Low(k)]; ok {
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
	if l := f.t.Low(j); l == "-" || l == "to" || l == "until" {
		if to, k, ok := f.dayNumber(j + 1); ok && to > d {
			last, j = to, k
		}
	}
	if f.t.Low(j) == "of" && j > i+1 {
		j++
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
	case tense < 0 && best.Sub(f.pub) > 31*24*time.Hour && validDay(best.Year()-1, int(m), d):
		return ymd(best.Year()-1, m, d)
	case tense > 0 && f.pub.Sub(best) > 31*24*time.Hour && validDay(best.Year()+1, int(m), d):
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

// tense is 1 where the words around say that the date is to come, -1 where they say that it is past, 0 where they say nothing.
// The nearest cue before the date decides, else the nearest after it, inside the sentence.
func (f *finder) tense(first, end int) int {
	t := f.t
	for j, n := first-1, 0; j >= 0 && n < 14; j, n = j-1, n+1 {
		a := t.At(j)
		if a.Kind == number.Mark {
			if a.Low == "." || a.Low == "?" || a.Low == "!" || a.Low == ";" {
				break
			}
			if t.At(j + 1).Line {
				break
			}
			continue
		}
		if a.Kind != number.Word {
			continue
		}
		if c := f.cue(j); c != 0 {
			return c
		}
		if n == 0 && a.Low == "by" {
			return 1
		}
	}
	for j, n := end, 0; j < len(t.Atoms) && n < 8; j, n = j+1, n+1 {
		a := t.At(j)
		if a.Low == "." || a.Low == "?" || a.Low == "!" || a.Low == ";" || a.Line {
			break
		}
		if a.Kind == number.Word {
			if c := f.cue(j); c != 0 {
				return c
			}
		}
	}
	return 0
}

func (f *finder) cue(j int) int {
	w := f.t.Low(j)
	if futureCues[w] {
		return 1
	}
	if w == "to" {
		return 0
	}
	past := pastCues[w] || len(w) > 3 && strings.HasSuffix(w, "ed") && !notPast[w]
	if !past {
		return 0
	}
	if p := f.t.Low(j - 1); p == "be" || p == "been" && f.t.Low(j-2) == "to" || p == "to" {
		return 0
	}
	return -1
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
	if d, k, ok := f.dayNumber(j); ok && !t.At(j).Line && (t.At(i).Cap || len(t.Low(i)) > 3) && !f.counts(k, d) {
		// "Oct. 7-12"
		if t.Low(k) == "-" {
			if to, k2, ok := f.dayNumber(k + 1); ok && to > d && !f.counts(k2, to) {
				return f.onDate(i, m, d, to, k2)
			}
		}
		return f.onDate(i, m, d, 0, k)
	}
	if y, end, basis := f.yearAfter(j); y != 0 && (t.At(i).Cap || len(t.Low(i)) > 3 && !(months[t.Low(i)].shy)) &&
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

// counts says whether the small number before atom k counts something and is no day: "In May 12 people died".
func (f *finder) counts(k, d int) bool {
	t := f.t
	if t.Low(k) == "%" || t.Low(k) == "percent" || t.Low(k) == "per" && t.Low(k+1) == "cent" {
		return true
	}
	if u, ok := units[t.Low(k)]; ok && u.plural {
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
		return f.t.Low(i-2) == "mid"
	case "and", "to", "or":
		if _, ok := months[f.t.Low(i-2)]; ok {
			return f.t.At(i - 2).Cap
		}
	}
	return false
}

// weekday reads "Wednesday", "Friday morning", "Wednesday, Oct. 7, 2015", with a shift before it ("last Friday").
func (f *finder) weekday(i int, shift string) (expr, bool) {
	t := f.t
	a := t.At(i)
	w, ok := weekdays[a.Low]
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
	if p := f.t.Low(j); p == "until" || p == "till" || p == "by" {
		return true
	} else if p == "on" || p == "late" || p == "early" {
		j--
	}
	if f.cue(j) < 0 || f.cue(end) < 0 {
		return false
	}
	return f.tense(i, end) > 0
}

// dayPart reads a part of the day after a date: "Friday morning", "Wednesday in the evening".
func (f *finder) dayPart(e *expr) {
	j := e.end
	if f.t.Is(j, "in", "the") {
		j += 2
	}
	if f.t.Low(j) == "late" || f.t.Low(j) == "early" {
		j++
	}
	p, ok := parts[f.t.Low(j)]
	if !ok || f.t.At(j).Line || f.t.Low(j) == "overnight" {
		return
	}
	e.timex += "T" + p
	e.kind = Clock
	e.end = j + 1
}

// clock reads a time of the day: "16:08 UTC", "11 a.m.", "6:40 p.m.", "0800 GMT", with the day beside it.
func (f *finder) clock(i int) (expr, bool) {
	t := f.t
	a := t.At(i)
	if a.Kind != number.Digits || a.Comma || a.Bad {
		return expr{}, false
	}
	h, m, end, sure := int(a.Val), -1, i+1, false
	switch {
	case a.Plain && len(a.Low) <= 2 && t.Low(i+1) == ":" && t.Tight(i+1) && t.Tight(i+2) && len(t.Low(i+2)) == 2 && t.At(i+2).Plain:
		m, end = int(t.At(i+2).Val), i+3
		if t.Low(end) == ":" && t.Tight(end) && t.At(end+1).Plain { // seconds
			end += 2
		}
		sure = m < 60
	case !a.Plain && len(a.Low) >= 3 && a.Low[len(a.Low)-3] == '.': // "1.56pm"
		h = int(a.Val)
		m, _ = strconv.Atoi(a.Low[len(a.Low)-2:])
	case a.Plain && len(a.Low) == 4: // "0800 UTC"
		h, m = int(a.Val)/100, int(a.Val)%100
	case a.Plain && len(a.Low) <= 2:
	default:
		return expr{}, false
	}
	half := 0
	switch w := t.Low(end); w {
	case "a.m", "am", "a.m.":
		half, sure = 1, true
		end++
	case "p.m", "pm", "p.m.":
		half, sure = 2, true
		end++
	case "o":
		if t.Is(end+1, "'", "clock") {
			end += 3
			sure = true
		}
	case "noon":
		sure = true
		end++
	}
	if half == 0 && a.Plain && len(a.Low) <= 2 && m < 0 && !sure {
		return expr{}, false
	}
	zone := ""
	if z, ok := zones[t.Low(end)]; ok && t.At(end).Kind == number.Word && !t.At(end).Line && (t.At(end).Cap) {
		zone = z
		end++
		sure = true
	} else if t.Low(end) == "(" {
		k := end + 1
		for k < end+5 && t.Low(k) != ")" && t.Low(k) != "" {
			k++
		}
		if _, ok := zones[t.Low(end+1)]; ok && t.Low(k) == ")" {
			end = k + 1
		}
	} else if (t.Low(end) == "local" || t.Low(end) == "pacific" || t.Low(end) == "eastern" || t.Low(end) == "central") && t.Low(end+1) == "time" {
		end += 2
	}
	if m < 0 {
		m = 0
	}
	if !sure || m > 59 || h > 24 || half > 0 && h > 12 {
		return expr{}, false
	}
	if half == 0 && f.notClock(i, end) {
		return expr{}, false
	}
	switch {
	case half == 2 && h < 12:
		h += 12
	case half == 1 && h == 12:
		h = 0
	}
	return f.atClock(h, m, zone, i, end)
}

// notClock says whether "4:39" is what is left to play, a score or a verse rather than a time of the day.
func (f *finder) notClock(i, end int) bool {
	switch f.t.Low(end) {
	case "left", "remaining", "to", "into", "mark":
		return true
	}
	switch f.t.Low(i - 1) {
	case "a", "in", "by", "beat":
		return f.t.Low(end-1) != "utc" && f.t.Low(end-1) != "gmt"
	}
	return false
}

// atClock is the time h:m of the day beside it, else of the day named last in the sentence, else of the day of publication.
func (f *finder) atClock(h, m int, zone string, first, end int) (expr, bool) {
	t := f.t
	e := expr{first: first, end: end, kind: Clock, basis: Published, conf: .9}
	day := date{}
	// "11 a.m. Sunday", "16:00 UTC today", "9 p.m. on Friday"
	k := f.afterComma(end)
	if t.Low(k) == "on" {
		k++
	}
	if t.At(k).Kind == number.Word && !t.At(k).Line {
		if d, ok := f.word(k); ok && d.grain == "day" && (d.kind == Date) {
			day, e.basis = d.date, d.basis
			if k == end || t.Low(end) == "on" {
				e.end = d.end
			}
		}
	}
	if day.timex == "" {
		switch {
		case !f.last.IsZero() && first-f.lastAtom < 6 && f.sameSentence(f.lastAtom, first):
			day, e.basis = onDay(f.last), Text
		case f.known:
			day = onDay(f.pub)
		default:
			day, e.basis = date{timex: "XXXX-XX-XX"}, Unresolved
		}
	}
	e.timex = fmt.Sprintf("%sT%02d:%02d%s", day.timex, h, m, zone)
	e.grain = "minute"
	if !day.from.IsZero() {
		e.from = day.from.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute)
		e.to = e.from.Add(time.Minute)
	}
	return e, true
}

func (f *finder) sameSentence(a, b int) bool {
	for j := a; j < b; j++ {
		if w := f.t.Low(j); w == "." || w == "!" || w == "?" || f.t.At(j).Line && j > a {
			return false
		}
	}
	return true
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
	} else if o := ordinals[t.Low(i)]; o > 0 {
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
	cued := prev.Kind == number.Word && (yearCues[prev.Low] || months[prev.Low].month > 0) || prev.Low == "("
	next := t.At(i + 1)
	switch {
	case prev.Low == "-" && !prev.Space && !t.At(i).Space && t.At(i-2).Kind != number.Digits && !(t.Low(i-2) == "mid"):
		return expr{}, false // "RBI-2005"
	case names[prev.Low] && prev.Cap, prev.Low == "no", prev.Low == "number", prev.Low == "room", prev.Low == "iso":
		return expr{}, false
	case t.Tight(i+1) && (next.Low == "%" || next.Low == ":" || next.Low == "/" && !yearAfterSlash(t, i) || next.Low == "°"):
		return expr{}, false
	case next.Low == "-" && t.At(i+2).Kind == number.Digits && (t.At(i+2).Low == "" || len(t.At(i+2).Low) > 4 || t.At(i+2).Comma):
		return expr{}, false
	case f.unitFollows(i + 1), next.Low == "index", next.Low == "indexes":
		return expr{}, false
	case y < 1500 && (!earlyCues[prev.Low] || next.Low == "to" || f.countFollows(i+1)):
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

func yearAfterSlash(t *number.Text, i int) bool {
	b := t.At(i + 2)
	return b.Kind == number.Digits && b.Plain && len(b.Low) == 2
}

func (f *finder) yearBefore(j int) bool {
	_, ok := f.yearNumber(j)
	return ok
}

// unitFollows says whether a unit of measure follows: the number before is no year.
func (f *finder) unitFollows(j int) bool {
	t := f.t
	w := t.Low(j)
	if number.Scale(w) > 0 || w == "percent" || w == "per" || w == "%" || w == "to" && t.At(j+1).Kind == number.Digits && f.unitFollows(j+2) {
		return true
	}
	if w == "-" && t.At(j+1).Kind == number.Digits && t.At(j+1).Plain && len(t.Low(j+1)) == 4 && j < len(t.Atoms)-2 && f.unitFollows(j+2) {
		return true
	}
	if u, ok := units[w]; ok {
		return u.plural
	}
	return measures[w]
}

// measures after four digits say that they are a quantity.
var measures = set("people miles kilometres kilometers km feet metres meters calories kg tons tonnes pounds dollars euros barrels mph watts horsepower employees workers jobs soldiers troops civilians homes sq square mm gb points votes students patients deaths cases units acres hectares")

// countFollows says whether a plural noun follows.
func (f *finder) countFollows(j int) bool {
	a := f.t.At(j)
	return a.Kind == number.Word && len(a.Low) > 3 && (strings.HasSuffix(a.Low, "s") || a.Low == "people")
}

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
	switch a.Low {
	case "couple", "another", "all", "full", "whole", "entire":
		n, j = 1, i+1
		if a.Low == "couple" {
			n = 2
			if t.Low(j) == "of" {
				j++
			}
		} else if u := units[t.Low(f.hyphen(j))]; u.plural || a.Low != "another" && u.clock {
			return 0, i, false, false
		}
		return n, j, false, true
	case "several", "many", "few", "some", "various", "numerous":
		j = i + 1
		if t.Low(j) == "of" {
			j++
		}
		return 0, j, true, true
	case "a", "an":
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
			if _, ok := units[t.Low(i+2)]; ok && t.Low(i+1) == "half" {
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
	case "half":
		j = i + 1
		if t.Low(j) == "a" || t.Low(j) == "an" || t.Low(j) == "-" {
			return .5, j + 1, false, true
		}
		if u := units[t.Low(j)]; u.clock && u.grain == "hour" {
			return .5, j, false, true
		}
	case "single":
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
	hyphen := false
	if t.Low(j) == "-" {
		j++
		hyphen = true
	}
	for k := 0; k < 2 && fillers[t.Low(j)]; k++ {
		j++
		if t.Low(j) == "-" {
			j++
		}
	}
	u, ok := units[t.Low(j)]
	if !ok || t.At(j).Line && j > first {
		return expr{}, false
	}
	word := t.Low(j)
	// "second" and "quarter" are more often an order and a share.
	if (word == "second" || word == "quarter") && n != 1 && !hyphen || word == "quarter" && n == 1 && !hyphen {
		return expr{}, false
	}
	if u.grain == "night" && n != 1 && !u.plural {
		return expr{}, false
	}
	if !u.plural && !hyphen && n > 1 && word != "month" && word != "year" && word != "week" && word != "day" && word != "hour" && word != "minute" {
		return expr{}, false
	}
	if t.At(j).Cap && t.At(j).Space && !t.At(j).Upper && t.At(first).Cap == false && t.At(first).Kind == number.Word {
		return expr{}, false // "a Second", "the Day"
	}
	end := j + 1
	// "two years and six months"
	if t.Low(end) == "and" && n == 1 && !u.plural && !vague { // "an hour and a half"
		if t.Is(end+1, "a", "half") {
			n, end = 1.5, end+3
		}
	}
	value, whole := n, u
	timex := durationValue(n, u, vague)
	for c := 0; c < 3 && !vague && !hyphen && n == float64(int(n)); c++ {
		k := end
		if t.Low(k) == "and" || t.Low(k) == "," {
			k++
		}
		m, ok := t.Read(k)
		if !ok || m.Round || t.At(k).Line {
			break
		}
		v, ok := units[t.Low(m.End)]
		if !ok || v.clock && !u.clock && u.grain != "day" || seconds(v) >= seconds(u) || t.Low(m.End) == "second" {
			break
		}
		timex = joinDurations(timex, durationValue(m.Val, v, false))
		end = m.End + 1
		u = v
	}
	if c := t.Low(end); u.grain != whole.grain && (c == "ago" || c == "earlier") {
		u = whole // the larger unit says how exact it is
	}
	// Ages are figures, not times.
	if t.Low(end) == "-" && (t.Low(end+1) == "old" || t.Low(end+1) == "olds") || t.Low(end) == "old" || t.Low(end) == "olds" || t.Is(end, "of", "age") || t.Is(end, "younger") || t.Is(end, "older") {
		return expr{}, false
	}
	e := expr{date: date{timex: timex, grain: u.grain}, first: first, end: end, kind: Duration, basis: Stated, conf: .9}
	if (t.Low(first) == "a" || t.Low(first) == "an") && f.isRate(first) {
		e.kind = Set
		return e, true
	}
	if hyphen && t.Low(end) == "-" && t.Low(end+1) == "long" {
		e.end = end + 2
	}
	n = value
	switch t.Low(end) {
	case "ago":
		return f.ago(first, n, u, end+1, vague, -1)
	case "from":
		if t.Low(end+1) == "now" {
			return f.ago(first, n, u, end+2, vague, 1)
		}
	case "earlier", "before", "later", "after":
		if e2, ok := f.fromReference(first, n, u, end, vague); ok {
			return e2, true
		}
	}
	if t.Low(first) == "a" || t.Low(first) == "an" {
		if u.grain == "second" || u.grain == "minute" && t.Low(end) == "of" {
			return expr{}, false
		}
		if u.grain == "day" && t.Low(end) == "of" {
			return expr{}, false
		}
	}
	return e, true
}

func seconds(u unit) float64 {
	return map[string]float64{"S": 1, "H": 3600, "D": 86400, "N": 86400, "W": 604800, "Q": 7.9e6, "Y": 3.15e7, "M": 2.6e6}[u.letter] * u.times
}

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
	switch p.Low {
	case "times", "twice", "once", "percent", "cent", "million", "billion", "barrels", "dollars", "pounds", "euros", "tons", "tonnes", "hours", "days", "pennies", "cents":
		return true
	}
	return false
}

// ago is n units before (sign -1) or after (+1) the day of publication, in the unit's own grain.
func (f *finder) ago(first int, n float64, u unit, end int, vague bool, sign float64) (expr, bool) {
	if vague {
		if sign < 0 {
			return reference("PAST_REF", end)
		}
		return reference("FUTURE_REF", end)
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
		if u.times > 1 && u.grain != "decade" && u.grain != "century" || n != float64(int(n)) {
			return onDay(at)
		}
		if u.grain == "decade" || u.grain == "century" {
			return onYear(at.Year())
		}
		return shifted(pub, u.grain, int(sign*n))
	})
	e.first = first
	return e, ok
}

// fromReference reads "a year earlier" against the date named last, else that of publication. Later ones stay durations: what
// they run from is an event as often as a date.
func (f *finder) fromReference(first int, n float64, u unit, end int, vague bool) (expr, bool) {
	if f.t.Low(end) != "earlier" || vague || u.clock || n != float64(int(n)) || u.times > 1 {
		return expr{}, false
	}
	next := f.t.At(end + 1)
	if next.Low == "than" {
		return expr{}, false
	}
	e, ok := f.relative(end+1, unshifted(u.grain), u.grain, func(pub time.Time) date {
		ref := pub
		if !f.last.IsZero() && u.grain != "year" {
			ref = f.last
		}
		return shifted(ref, u.grain, -int(n))
	})
	e.first = first
	if f.known {
		e.basis = Text
	}
	e.conf = .6
	return e, ok
}

// shortYearless are words that end what "the day" needs before it.
var closesDay = set("end ended ending ends finish finished finishing close closed closing start started opened begin began for in of during through later")

// word reads what begins with a word.
func (f *finder) word(i int) (expr, bool) {
	t := f.t
	a := t.At(i)
	w := a.Low
	if !starters.Has(w) || f.depth > maxDepth {
		return expr{}, false
	}
	f.depth++
	defer func() { f.depth-- }()
	if f.t.Tight(i) && i > 0 && t.At(i-1).Kind == number.Digits {
		return expr{}, false // "20th", "30Mbps"
	}
	if e, ok := f.holiday(i); ok {
		return e, true
	}
	switch w {
	case "the", "that", "this", "these", "those", "last", "next", "past", "previous", "coming", "following", "same", "current", "our", "its", "their", "his", "her", "recent", "such", "latest", "final":
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
	if e, ok := f.monthDate(i); ok {
		return e, true
	}
	if _, ok := weekdays[w]; ok {
		return f.weekday(i, "")
	}
	if d, ok := deictic[w]; ok {
		e, ok := f.relative(i+1, "XXXX-XX-XX", "day", func(pub time.Time) date { return onDay(pub.AddDate(0, 0, d.days)) })
		if d.part != "" {
			e.timex += "T" + d.part
			e.kind = Clock
		} else {
			f.dayPart(&e)
		}
		return e, ok
	}
	if v, ok := sets[w]; ok {
		if a.Cap && !a.Line && i > 0 && t.Low(i-1) != "." { // "Daily Mail"
			return expr{}, false
		}
		return expr{date: date{timex: v}, end: i + 1, kind: Set, basis: Stated, conf: .8}, true
	}
	if v, ok := references[w]; ok {
		if w == "now" && t.Low(i+1) == "-" || w == "current" && t.Low(i+1) == "account" || w == "soon" && (t.Low(i-1) == "as") {
			return expr{}, false
		}
		return reference(v, i+1)
	}
	if e, ok := f.century(i); ok {
		return e, true
	}
	if e, ok := f.ordinalPeriod(i); ok {
		return e, true
	}
	if e, ok := f.duration(i); ok {
		return e, true
	}
	if e, ok := f.bareUnits(i); ok {
		return e, true
	}
	if e, ok := f.phrase(i); ok {
		return e, true
	}
	return f.wordClock(i)
}

func (f *finder) wordClock(i int) (expr, bool) {
	n, ok := f.t.Read(i)
	if ok && n.Val >= 1 && n.Val <= 12 && f.t.Is(n.End, "o", "'", "clock") {
		return f.atClock(int(n.Val), 0, "", i, n.End+3)
	}
	return expr{}, false
}

func (f *finder) phrase(i int) (expr, bool) {
	for _, p := range referencePhrases {
		if f.t.Is(i, p.words...) {
			return reference(p.value, i+len(p.words))
		}
	}
	return expr{}, false
}

// bareUnits reads units of time without a number: "in minutes", "for years", "decades-long".
func (f *finder) bareUnits(i int) (expr, bool) {
	t := f.t
	u, ok := units[t.Low(i)]
	if !ok || t.At(i).Cap {
		return expr{}, false
	}
	if t.Low(i+1) == "-" && (t.Low(i+2) == "long" || t.Low(i+2) == "old" && false) {
		v := durationValue(1, u, u.plural)
		return expr{date: date{timex: v, grain: u.grain}, end: i + 3, kind: Duration, basis: Stated}, true
	}
	if !u.plural || u.grain == "quarter" || u.grain == "night" || len(t.Low(i)) < 4 {
		return expr{}, false
	}
	switch t.Low(i - 1) {
	case "in", "for", "within", "after", "over", "of", "just", "mere", "only", "took", "take", "spent", "last", "be", "through":
	default:
		switch t.Low(i + 1) {
		case "ago":
			return reference("PAST_REF", i+2)
		case "later", "earlier", "before", "after":
		default:
			return expr{}, false
		}
	}
	if t.Low(i+1) == "ago" {
		return reference("PAST_REF", i+2)
	}
	return expr{date: date{timex: durationValue(0, u, true), grain: u.grain}, end: i + 1, kind: Duration, basis: Stated, conf: .7}, true
}

func (f *finder) partOfDay(i int) (expr, bool) {
	p := parts[f.t.Low(i)]
	e, ok := f.relative(i+1, "XXXX-XX-XXT"+p, "day", func(pub time.Time) date {
		d := onDay(pub)
		if !f.last.IsZero() && i-f.lastAtom < 60 {
			d = onDay(f.last)
		}
		d.timex += "T" + p
		return d
	})
	e.kind = Clock
	return e, ok
}

// upToNow ends an interval at the day of publication.
func (f *finder) upToNow(e *expr) {
	if f.known && e.to.After(f.pub) {
		e.to = f.pub
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
		return f.anaphor(i, j+1)
	}
	if w == "recent" && det == "" {
		k := j + 1
		if u, ok := units[t.Low(k)]; ok && u.plural {
			return reference("PAST_REF", k+1)
		}
		return reference("PAST_REF", j+1)
	}
	if w == "current" && (det == "the" || det == "") {
		if u, ok := units[t.Low(j+1)]; ok && !u.plural {
			return f.relative(j+2, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, 0) })
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
	if shift, ok := shifts[w]; ok && !(w == "following" && det == "" && t.Low(j+1) == "the") {
		if e, ok := f.shiftedTime(i, j, shift); ok {
			return e, true
		}
	}
	if det == "the" {
		switch w {
		case "day":
			for _, p := range []struct {
				link, day string
				days      int
			}{{"before", "yesterday", -2}, {"after", "tomorrow", 2}} {
				if t.Is(j+1, p.link, p.day) {
					return f.relative(j+3, "XXXX-XX-XX", "day", func(pub time.Time) date { return onDay(pub.AddDate(0, 0, p.days)) })
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
			return f.theUnit(i, j)
		case "entire", "whole", "full":
			if t.Low(j+1) == "year" {
				return f.theUnit(i, j+1)
			}
		}
		if d, ok := decadeWords[w]; ok && (t.Low(i-1) == "in" || t.Low(i-1) == "since" || t.Low(i-1) == "of") {
			return stated(onDecade(1900+d), j+1)
		}
		if t.At(j).Kind == number.Digits {
			if e, ok := f.decade(j); ok {
				e.first = i
				return e, true
			}
			if e, ok := f.century(j); ok {
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
	u, ok := units[f.t.Low(j)]
	if !ok || u.clock || u.plural {
		return expr{}, false
	}
	e := expr{first: i, end: j + 1, kind: Date, basis: Text, conf: .6}
	switch {
	case !f.last.IsZero():
		e.date = shifted(f.last, u.grain, 0)
	case f.known:
		e.date, e.basis = shifted(f.pub, u.grain, 0), Published
	default:
		e.timex, e.grain, e.basis = unshifted(u.grain), u.grain, Unresolved
	}
	return e, true
}

// theUnit reads "the year", "the week" where the words before make it one on the calendar: "the end of the year".
func (f *finder) theUnit(i, j int) (expr, bool) {
	switch f.t.Low(i - 1) {
	case "of", "for", "in", "during", "through", "throughout", "by":
	default:
		return expr{}, false
	}
	if f.t.Low(j+1) == "of" || f.t.Low(j+1) == "that" || f.t.Low(j+1) == "when" {
		return expr{}, false
	}
	g := units[f.t.Low(j)].grain
	end := j + 1
	switch f.t.Low(end) {
	case "before", "earlier", "previous":
		return f.relative(end+1, unshifted(g), g, func(pub time.Time) date { return shifted(pub, g, -1) })
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
	if !closesDay[p] || p == "of" && f.t.Low(i-2) != "end" && f.t.Low(i-2) != "start" && f.t.Low(i-2) != "rest" && f.t.Low(i-2) != "close" {
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
	if day, ok := weekdays[next]; ok && (t.At(k).Cap || !day.shy) {
		return set(f.weekday(k, w))
	}
	if m, sure, ok := f.month(k); ok && (t.At(k).Cap || sure) {
		if d, end, ok := f.dayNumber(k + 1); ok && !f.counts(end, d) && w != "next" {
			return set(f.onDate(k, m, d, 0, end))
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
	if s, ok := seasons[next]; ok {
		_ = s
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
	if p, ok := parts[next]; ok && w == "this" {
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
	if u, ok := units[next]; ok && !u.plural && !u.clock {
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
		if t.Low(k+1) == "of" && i != j && w == "last" {
			if e, ok := f.lastOf(u, k+2); ok {
				return set(e, true)
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
		for c := 0; c < 2 && fillers[t.Low(m)]; c++ {
			m++
		}
		u, ok := units[t.Low(m)]
		if ok && w != "this" && (u.plural || n == 1) && !(t.Low(m) == "second") {
			return set(f.pastSpan(n, u, m+1, w, vague))
		}
	}
	if u, ok := units[next]; ok && u.plural && (w == "past" || w == "coming" || w == "last" || w == "next" || w == "following") {
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
	if shifts[w] > 0 {
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
		if !f.last.IsZero() {
			ref = f.last
		}
		return shifted(ref, u.grain, shift)
	})
	if f.known && !f.last.IsZero() {
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
		if this.from.After(pub) && (shift == "" || pub.Weekday() <= time.Wednesday) && f.tense(first, end) <= 0 {
			return onWeekend(pub.AddDate(0, 0, -7))
		}
		return this
	})
}

// season reads "summer", "the summer of 2014", "this fall": i is the season's word.
func (f *finder) season(i int, shift string) (expr, bool) {
	t := f.t
	s := seasons[t.Low(i)]
	if y, end, basis := f.yearAfter(i + 1); y != 0 && t.Low(i+1) != "," {
		e, ok := stated(onSeason(y, s), end)
		e.basis = basis
		return e, ok
	}
	if shift == "" {
		p, pp := t.Low(i-1), t.Low(i-2)
		plain := p == "in" || p == "the" && (pp == "in" || pp == "by" || pp == "during" || pp == "until" || pp == "since" || pp == "over") || p == "early" || p == "late" || p == "by"
		if t.Low(i) == "fall" && !(p == "the" && pp == "in") || t.Low(i) == "spring" && !plain || !plain && t.At(i).Cap == false {
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
	o, ok := ordinals[t.Low(i)]
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
	fiscal := false
	if t.Low(j) == "fiscal" || t.Low(j) == "financial" || t.Low(j) == "calendar" {
		fiscal = true
		j++
	}
	_ = fiscal
	if w, ok := weekdays[t.Low(j)]; ok && !w.shy && o > 0 && o <= 5 && (t.Low(j+1) == "of" || t.Low(j+1) == "in") {
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
		// "the second week of May", "the first day of the month"
		if t.Low(j+1) == "of" && o > 0 {
			k := j + 2
			if e, ok := f.match(k); ok && e.kind == Date && !e.from.IsZero() && (e.grain == "month" || e.grain == "year" || e.grain == "quarter") {
				g := units[t.Low(j)].grain
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
	return expr{}, false
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
	if y, end, basis := f.ofYear(end); y != 0 && q > 0 {
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
		g, ok := units[t.Low(k+1)]
		if ok && !g.plural && !g.clock {
			var e expr
			if g.grain == "day" {
				e, ok = f.anaphor(k, k+1)
			} else if g.grain == "decade" || g.grain == "century" || t.Low(k+2) == "of" {
				return expr{}, false
			} else {
				e, ok = f.relative(k+2, unshifted(g.grain), g.grain, func(pub time.Time) date { return shifted(pub, g.grain, 0) })
			}
			if ok {
				e.first = i
				e.date = narrowed(e.date, which)
			}
			return e, ok
		}
	}
	if j < len(t.Atoms) && !t.At(j).Line {
		var e expr
		ok := false
		switch t.At(j).Kind {
		case number.Digits:
			if e, ok = f.decade(j); !ok {
				if e, ok = f.year(j); !ok {
					e, ok = f.dayMonth(j)
				}
			}
		case number.Word:
			if starters.Has(t.Low(j)) {
				e, ok = f.word(j)
			}
		}
		if ok && (e.kind == Date || e.kind == Clock) && !e.isRef() {
			e.first = i
			switch w {
			case "earlier":
				f.upToNow(&e)
			case "later":
				if f.known && e.from.Before(f.pub) && !e.from.IsZero() {
					e.from = f.pub
				}
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
		if t.Low(j) == "than" || units[p].grain != "" || p == "no" || p == "or" || p == "a" {
			return expr{}, false
		}
		return reference("FUTURE_REF", i+1)
	}
	if w == "earlier" {
		if p := t.Low(i - 1); units[p].grain != "" || t.Low(j) == "than" {
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
	if u, ok := units[t.Low(j)]; ok && t.Low(j) != "second" {
		e.timex, e.grain = durationValue(n, u, t.Low(j-1) == "few"), u.grain
		return e, true
	}
	if w, ok := weekdays[t.Low(j)]; ok && !w.shy {
		e.timex, e.grain = fmt.Sprintf("XXXX-WXX-%d", isoDay(w.day)), "day"
		f.dayPart(&e)
		e.kind = Set
		return e, true
	}
	if p, ok := parts[t.Low(j)]; ok {
		e.timex, e.grain = "XXXX-XX-XXT"+p, "day"
		return e, true
	}
	if s, ok := seasons[t.Low(j)]; ok {
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

// holiday reads the name of a holiday, with its year if one follows.
func (f *finder) holiday(i int) (expr, bool) {
	a := f.t.At(i)
	if !a.Cap || !holidayStarts[a.Low] {
		return expr{}, false
	}
	for k := range holidays {
		h := &holidays[k]
		if !f.t.Is(i, h.words...) || !f.t.At(i+len(h.words)-1).Cap {
			continue
		}
		end := i + len(h.words)
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

// starters are the words that an expression may begin with: all others are passed over at once.
var starters = func() *number.Set {
	m := set("the that this these those last next past previous coming following same current our its their his her recent such latest final early late mid midway middle earlier later beginning start end so every each noon midnight midday overnight morning afternoon evening night fiscal fy another all full whole entire several many few some various numerous couple single one q h yearlong daylong weeklong monthlong decadelong long future")
	for w := range months {
		m[w] = true
	}
	for w := range weekdays {
		m[w] = true
	}
	for w := range units {
		m[w] = true
	}
	for w := range seasons {
		m[w] = true
	}
	for w := range deictic {
		m[w] = true
	}
	for w := range references {
		m[w] = true
	}
	for w := range sets {
		m[w] = true
	}
	for w := range ordinals {
		m[w] = true
	}
	for w := range holidayStarts {
		m[w] = true
	}
	for _, w := range number.Openers() {
		m[w] = true
	}
	return number.NewSet(slices.Sorted(maps.Keys(m))...)
}()

var holidayStarts = func() map[string]bool {
	m := map[string]bool{}
	for _, h := range holidays {
		m[h.words[0]] = true
	}
	return m
}()
