package when

import (
	"time"

	"github.com/onrecord/onrecord/reading/when/number"
)

// What makes times of the matches of patterns, by the values of the rules. A match's m.First is the atom where the expression
// begins, m.End the one behind it.

// open is the TIMEX3 value of a day that is not known.
const open = "XXXX-XX-XX"

// at is the atom at the label, with the unit of time there.
func (f *finder) at(m *match, label string) (int, unit) {
	i, _ := m.Of(label)
	return i, words.units.Of(f.t.Low(i))
}

// from is an expression that begins where the match does.
func from(m *match, e expr, ok bool) (expr, bool) {
	e.first = m.First
	return e, ok
}

// next reads what follows the match's last atom, or the label, as the expression's own.
func reader(label string, read func(f *finder, i int) (expr, bool)) builder {
	return func(f *finder, m *match) (expr, bool) {
		i := m.End
		if label != "" {
			i, _ = m.Of(label)
		}
		e, ok := read(f, i)
		return from(m, e, ok)
	}
}

// whole reads the expression itself, where the rule only says that it may be one.
func itself(read func(f *finder, i int) (expr, bool)) builder {
	return func(f *finder, m *match) (expr, bool) { return read(f, m.First) }
}

// fixed is a reference.
func fixed(value string) builder {
	return func(_ *finder, m *match) (expr, bool) { return reference(value, m.End) }
}

// onDayOf is the day so many days from that of publication, with a part of it or without.
func onDayOf(days int, part string) builder {
	return func(f *finder, m *match) (expr, bool) {
		e, ok := f.relative(m.End, open+part, "day", func(pub time.Time) date {
			d := onDay(pub.AddDate(0, 0, days))
			d.timex += part
			return d
		})
		return from(m, e, ok)
	}
}

func fuzzily(f *finder, i int) (expr, bool)    { return f.read(rules.fuzzy, i) }
func determined(f *finder, i int) (expr, bool) { return f.read(rules.determined, i) }
func ordinally(f *finder, i int) (expr, bool)  { return f.read(rules.ordinal, i) }
func inCentury(f *finder, i int) (expr, bool)  { return f.read(rules.century, i) }

// wordBuilders are those of what begins with a word.
func wordBuilders() map[string]builder {
	return map[string]builder{
		"holiday":        itself((*finder).holiday),
		"determined":     itself(determined),
		"fuzzy":          itself(fuzzily),
		"bare season":    itself(func(f *finder, i int) (expr, bool) { return f.season(i, "") }),
		"every":          itself((*finder).every),
		"noon":           func(f *finder, m *match) (expr, bool) { return f.atClock(12, 0, "", m.First, m.End) },
		"midnight":       func(f *finder, m *match) (expr, bool) { return f.atClock(24, 0, "", m.First, m.End) },
		"weekday":        func(f *finder, m *match) (expr, bool) { return f.weekday(m.First, "") },
		"duration":       itself((*finder).duration),
		"bare units":     itself((*finder).bareUnits),
		"phrase":         itself((*finder).phrase),
		"clock in words": itself((*finder).wordClock),
		"century":        itself(inCentury),
		"ordinal period": itself(ordinally),
		"day in words":   itself((*finder).wordDay),
		"overnight": func(f *finder, m *match) (expr, bool) {
			e, ok := onDayOf(-1, "TNI")(f, m)
			if f.known {
				e.to = e.to.AddDate(0, 0, 1)
			}
			return e, ok
		},
		"so far": func(f *finder, m *match) (expr, bool) {
			e, ok := determined(f, m.End-1)
			f.upToNow(&e)
			return from(m, e, ok)
		},
		"part of day": itself((*finder).partOfDay),
		"fiscal year": func(f *finder, m *match) (expr, bool) {
			d := onYear(f.val(m, "y"))
			d.timex = "FY" + d.timex
			return stated(d, m.End)
		},
		"week from weekday": func(f *finder, m *match) (expr, bool) {
			at, _ := m.Of("at")
			return f.weekFrom(m.First, at, m.End, 1)
		},
		"week from day": func(f *finder, m *match) (expr, bool) {
			at, _ := m.Of("at")
			return onDayOf(7+words.deictic.Of(f.t.Low(at)).days, "")(f, m)
		},
		"weekdays ago": (*finder).weekdaysAgo,
		"lasting": func(f *finder, m *match) (expr, bool) {
			return expr{date: date{timex: words.lasting.Of(f.t.Low(m.First))}, end: m.End, kind: Duration, basis: Stated}, true
		},
		"named month": func(f *finder, m *match) (expr, bool) {
			e, ok := f.read(rules.month, m.First)
			if !ok {
				return e, false
			}
			return f.timed(m.First, e), true
		},
		"day": func(f *finder, m *match) (expr, bool) {
			d := words.deictic.Of(f.t.Low(m.First))
			e, ok := f.relative(m.End, open, "day", func(pub time.Time) date { return onDay(pub.AddDate(0, 0, d.days)) })
			if d.part != "" {
				e.timex += "T" + d.part
				e.kind = Clock
			} else {
				f.dayPart(&e)
			}
			return e, ok
		},
		"repeated": func(f *finder, m *match) (expr, bool) {
			return expr{date: date{timex: words.sets.Of(f.t.Low(m.First))}, end: m.End, kind: Set, basis: Stated, conf: .8}, true
		},
		"reference": func(f *finder, m *match) (expr, bool) { return reference(words.references.Of(f.t.Low(m.First)), m.End) },
		"year in words": func(f *finder, m *match) (expr, bool) {
			y, end := f.wordYear(m.First)
			if y == 0 || y%100 == 0 && !words.earlyCues.Has(f.t.Low(m.First-1)) || f.unitFollows(end) || f.countFollows(end) {
				return expr{}, false
			}
			return stated(onYear(y), end)
		},
		"unit end": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			if u.grain == "" { // "yearend"
				u = words.units.Of("year")
			}
			return f.unitEnd(m.First, m.End, u)
		},
		"midyear": func(f *finder, m *match) (expr, bool) {
			return f.relative(m.End, unshifted("year"), "year", func(pub time.Time) date { return narrowed(shifted(pub, "year", 0), "mid") })
		},
		"middle of season": func(f *finder, m *match) (expr, bool) { return f.season(m.First, "mid") },
	}
}

// weekdaysAgo is "three Sundays ago": the last one before the day of publication is the first.
func (f *finder) weekdaysAgo(m *match) (expr, bool) {
	i, _ := m.Of("n")
	n, ok := f.t.Read(i)
	at, _ := m.Of("at")
	day := words.weekdays.Of(f.t.Low(at)).day
	if !ok || n.Val < 1 || n.Val > 52 || n.Val != float64(int(n.Val)) {
		return expr{}, false
	}
	return f.relative(m.End, open, "day", func(pub time.Time) date {
		back := (int(pub.Weekday()) - int(day) + 6) % 7
		return onDay(pub.AddDate(0, 0, -back-1-7*(int(n.Val)-1)))
	})
}

// weekFrom is the weekday a week behind the coming one.
func (f *finder) weekFrom(first, at, end, weeks int) (expr, bool) {
	day := words.weekdays.Of(f.t.Low(at)).day
	e, ok := f.relative(end, open, "day", func(pub time.Time) date {
		return onDay(pub.AddDate(0, 0, (int(day)-int(pub.Weekday())+7)%7+7*weeks))
	})
	e.first = first
	return e, ok
}

// determinedBuilders are those of what begins with "the" and the like.
func determinedBuilders() map[string]builder {
	return map[string]builder{
		"anaphor":     func(f *finder, m *match) (expr, bool) { return f.anaphor(m.First, m.End) },
		"the fuzzy":   reader("at", fuzzily),
		"own ordinal": func(f *finder, m *match) (expr, bool) { return ordinally(f, m.End) },
		"same period": func(f *finder, m *match) (expr, bool) { return f.samePeriod(m.First, m.End) },
		"ordinal":     reader("at", ordinally),
		"past":        fixed("PAST_REF"),
		"present":     fixed("PRESENT_REF"),
		"future":      fixed("FUTURE_REF"),
		"year earlier": func(f *finder, m *match) (expr, bool) {
			e, ok := f.relative(m.End, unshifted("year"), "year", func(pub time.Time) date { return shifted(pub, "year", -1) })
			e.first, _ = m.Of("at")
			return e, ok
		},
		"this unit": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "at")
			return f.relative(m.End, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, 0) })
		},
		"shifted": reader("at", func(f *finder, i int) (expr, bool) { return f.read(rules.shifted, i) }),
		"week after next": func(f *finder, m *match) (expr, bool) {
			i, u := f.at(m, "at")
			if u.grain == "" {
				u.grain = f.t.Low(i) // "weekend"
			}
			return f.relative(m.End, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, 2) })
		},
		"decade in words":  reader("at", (*finder).wordDecade),
		"own day in words": reader("at", (*finder).wordDay),
		"ordinal day": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			return f.ordinalDay(m.First, i)
		},
		"part of":          func(f *finder, m *match) (expr, bool) { return f.partOf(m.First, m.End-1) },
		"rest":             func(f *finder, m *match) (expr, bool) { return f.rest(m.First, m.End-1) },
		"before yesterday": onDayOf(-2, ""),
		"after tomorrow":   onDayOf(2, ""),
		"beside day": func(f *finder, m *match) (expr, bool) {
			if f.depth > maxDepth {
				return expr{}, false
			}
			e, ok := f.match(m.End)
			if !ok || e.kind != Date || e.grain != "day" || e.from.IsZero() {
				return expr{}, false
			}
			shift := 1
			if i, _ := m.Of("s"); f.t.Low(i) == "before" {
				shift = -1
			}
			e.date = onDay(e.from.AddDate(0, 0, shift))
			return from(m, e, true)
		},
		"the day":       func(f *finder, m *match) (expr, bool) { return f.theDay(m.First, m.End-1) },
		"weekend":       func(f *finder, m *match) (expr, bool) { return f.weekend(m.First, m.End, "") },
		"season":        reader("at", func(f *finder, i int) (expr, bool) { return f.season(i, "") }),
		"week with":     func(f *finder, m *match) (expr, bool) { return f.weekWith(m.First, m.End-1) },
		"numbered year": reader("", func(f *finder, i int) (expr, bool) { return f.read(rules.year, i) }),
		"the unit":      func(f *finder, m *match) (expr, bool) { return f.theUnit(m.First, m.End-1) },
		"decade of century": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			return stated(onDecade(1900+words.decadeWords.Of(f.t.Low(i))), m.End)
		},
		"decade in digits":  reader("at", func(f *finder, i int) (expr, bool) { return f.read(rules.decade, i) }),
		"century in digits": reader("at", inCentury),
	}
}

// shiftedBuilders are those of what follows "last", "next" and the like.
func shiftedBuilders() map[string]builder {
	return map[string]builder{
		"shifted weekday": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			return f.weekday(i, f.t.Low(m.First))
		},
		"shifted day": func(f *finder, m *match) (expr, bool) { // "last March 31"
			d, _, _ := f.days(m)
			month := words.months.Of(f.t.Low(m.First + 1)).month
			e, ok := f.onDate(m.First+1, month, d, 0, m.End)
			if ok && words.shifts.Of(f.t.Low(m.First)) < 0 && e.basis == Published && e.from.After(f.pub) && validDay(e.from.Year()-1, int(month), d) {
				e.date = onDay(e.from.AddDate(-1, 0, 0))
			}
			return e, ok
		},
		"shifted month": (*finder).shiftedMonth,
		"shifted season": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			return f.season(i, f.t.Low(m.First))
		},
		"shifted weekend": func(f *finder, m *match) (expr, bool) { return f.weekend(m.First, m.End, f.t.Low(m.First)) },
		"last night":      onDayOf(-1, "TNI"),
		"this part of day": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			e, ok := onDayOf(0, "T"+words.parts.Of(f.t.Low(i)))(f, m)
			e.kind = Clock
			return e, ok
		},
		"one unit back": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			return f.pastSpan(1, u, m.End, f.t.Low(m.First), false)
		},
		"next one": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			return f.nextOne(u, m.End, words.shifts.Of(f.t.Low(m.First)))
		},
		"last of": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			return f.lastOf(u, m.End)
		},
		"in week": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("at")
			return f.inWeek(m.End, words.weekdays.Of(f.t.Low(i)).day, words.shifts.Of(f.t.Low(m.First)))
		},
		"shifted unit": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			shift := words.shifts.Of(f.t.Low(m.First))
			return f.relative(m.End, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, shift) })
		},
		"several units": func(f *finder, m *match) (expr, bool) {
			i, _ := m.Of("n")
			n, _, vague, _ := f.amount(i)
			_, u := f.at(m, "u")
			if !u.plural && n != 1 {
				return expr{}, false
			}
			return f.pastSpan(n, u, m.End, f.t.Low(m.First), vague)
		},
		"some units": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			return f.pastSpan(0, u, m.End, f.t.Low(m.First), true)
		},
	}
}

// partBuilders are those of parts of times: by their number, and early, middle and late ones.
func partBuilders() map[string]builder {
	return map[string]builder{
		"part of the day": func(f *finder, m *match) (expr, bool) {
			e, ok := f.anaphor(m.End-2, m.End-1)
			return f.narrowed(m, e, ok)
		},
		"part of the unit": func(f *finder, m *match) (expr, bool) {
			_, u := f.at(m, "u")
			e, ok := f.relative(m.End, unshifted(u.grain), u.grain, func(pub time.Time) date { return shifted(pub, u.grain, 0) })
			return f.narrowed(m, e, ok)
		},
		"part of time": (*finder).partOfTime,
		"quarter": func(f *finder, m *match) (expr, bool) {
			o := f.nth(m)
			if o > 4 {
				return expr{}, false
			}
			if o == -1 && f.t.Low(m.First) == "final" {
				o = 4
			}
			return f.quarter(o, m.End)
		},
		"half": func(f *finder, m *match) (expr, bool) {
			if o := f.nth(m); o == 1 || o == 2 {
				return f.halfYear(o, m.End)
			}
			return expr{}, false
		},
		"nth weekday": (*finder).nthWeekday,
		"nth unit":    (*finder).nthUnit,
		"first of": func(f *finder, m *match) (expr, bool) {
			if o := f.nth(m); o == 1 || o == -1 {
				return f.firstOf(m.First, m.End, o)
			}
			return expr{}, false
		},
	}
}

// digitBuilders are those of times in digits and of months.
func digitBuilders() map[string]builder {
	return map[string]builder{
		"ymd": func(f *finder, m *match) (expr, bool) { return f.inDigits(m, false) },
		"mdy": func(f *finder, m *match) (expr, bool) { return f.inDigits(m, true) },
		"dmy": func(f *finder, m *match) (expr, bool) { return f.inDigits(m, true) },

		"clock": (*finder).clockTime,

		"day of named month": (*finder).namedDay,
		"day before month":   (*finder).dayBefore,
		"day of month":       (*finder).dayOfMonth,
		"month of two digits": func(f *finder, m *match) (expr, bool) {
			return stated(onMonth(twoDigits(f.val(m, "y")), f.named(m)), m.End)
		},
		"month of year": (*finder).monthOfYear,
		"month in range": func(f *finder, m *match) (expr, bool) {
			y := f.rangeYear(m.End)
			if y == 0 {
				return expr{}, false
			}
			return stated(onMonth(y, f.named(m)), m.End)
		},
		"month":     func(f *finder, m *match) (expr, bool) { return f.nearestMonth(m.First, f.named(m)) },
		"slash day": (*finder).slashDay,

		"month in digits":      (*finder).monthInDigits,
		"century of years":     func(f *finder, m *match) (expr, bool) { return stated(onCentury(f.val(m, "y")/100+1), m.End) },
		"decade":               func(f *finder, m *match) (expr, bool) { return stated(onDecade(f.val(m, "y")), m.End) },
		"decade of two digits": func(f *finder, m *match) (expr, bool) { return stated(onDecade(twoDigits(f.val(m, "y"))), m.End) },
		"numbered century":     (*finder).numberedCentury,

		"span": (*finder).yearSpan,
		"day of year": func(f *finder, m *match) (expr, bool) {
			d, _, _ := f.days(m)
			if y := f.year4(m); validDay(y, int(f.named(m)), d) {
				return stated(onDay(ymd(y, f.named(m), d)), m.End)
			}
			return expr{}, false
		},
		"quarter of year": func(f *finder, m *match) (expr, bool) { return stated(onQuarter(f.year4(m), f.val(m, "n")), m.End) },
		"half of year":    func(f *finder, m *match) (expr, bool) { return stated(onHalf(f.year4(m), f.val(m, "n")), m.End) },
		"month of 4":      func(f *finder, m *match) (expr, bool) { return stated(onMonth(f.year4(m), f.named(m)), m.End) },
		"year":            func(f *finder, m *match) (expr, bool) { return stated(onYear(f.year4(m)), m.End) },
		"uncued year": func(f *finder, m *match) (expr, bool) {
			e, ok := stated(onYear(f.year4(m)), m.End)
			e.conf = .75
			return e, ok
		},
	}
}

// nth is the number at the label "n": in digits or an ordinal.
func (f *finder) nth(m *match) int {
	i, _ := m.Of("n")
	if a := f.t.At(i); a.Kind == number.Digits {
		return int(a.Val)
	}
	return words.ordinals.Of(f.t.Low(i))
}

// shiftedMonth is "last March", "next March": not this month, nor a month that has just ended.
func (f *finder) shiftedMonth(m *match) (expr, bool) {
	month, shift := f.named(m), words.shifts.Of(f.t.Low(m.First))
	return f.relative(m.End, monthOpen(month), "month", func(pub time.Time) date {
		d := onMonth(pub.Year(), month)
		switch {
		case shift < 0:
			if d.to.After(pub.AddDate(0, -1, 0)) && !d.to.Before(pub) || d.from.After(pub) {
				d = onMonth(pub.Year()-1, month)
			}
		case shift > 0:
			if !d.from.After(pub) {
				d = onMonth(pub.Year()+1, month)
			}
		}
		return d
	})
}

// which is the part of a time that the first word of a match names: "early", "mid", "late", "" for the rest of it.
func (f *finder) which(m *match) string {
	return words.partOf.Of(f.t.Low(m.First))
}

// narrowed is the part of a calendar's unit that the first word of a match names.
func (f *finder) narrowed(m *match, e expr, ok bool) (expr, bool) {
	if !ok {
		return e, false
	}
	e.date = narrowed(e.date, f.which(m))
	if f.t.Low(m.First) == "later" {
		f.fromNow(&e)
	}
	return from(m, e, true)
}

// partOfTime is the part of the time that follows the match which its first word names.
func (f *finder) partOfTime(m *match) (expr, bool) {
	var e expr
	ok := false
	switch a := f.t.At(m.End); {
	case a.Line || m.End >= len(f.t.Atoms):
	case a.Kind == number.Digits:
		if e, ok = f.read(rules.decade, m.End); !ok {
			if e, ok = f.read(rules.year, m.End); !ok {
				e, ok = f.read(rules.day, m.End)
			}
		}
	case a.Kind == number.Word:
		e, ok = f.word(m.End)
	}
	if !ok || e.kind != Date && e.kind != Clock || e.isRef() {
		return expr{}, false
	}
	switch f.t.Low(m.First) {
	case "earlier":
		f.upToNow(&e)
	case "later":
		f.fromNow(&e)
	case "late":
		if e.kind == Date && e.grain == "day" {
			break
		}
		fallthrough
	default:
		e.date = narrowed(e.date, f.which(m))
	}
	return from(m, e, true)
}

// nthWeekday is "the second Tuesday of" the month that follows the match.
func (f *finder) nthWeekday(m *match) (expr, bool) {
	o := f.nth(m)
	if o < -1 || o == 0 || o > 5 {
		return expr{}, false
	}
	e, ok := f.match(m.End)
	if !ok || e.kind != Date || e.from.IsZero() || e.grain != "month" {
		return expr{}, false
	}
	i, _ := m.Of("at")
	day := int(words.weekdays.Of(f.t.Low(i)).day)
	d := e.from.AddDate(0, 0, (day-int(e.from.Weekday())+7)%7+7*(o-1))
	if last := e.to.AddDate(0, 0, -1); o == -1 { // "the last Monday of August"
		d = last.AddDate(0, 0, -((int(last.Weekday()) - day + 7) % 7))
	}
	if !d.Before(e.to) {
		return expr{}, false
	}
	e.date = onDay(d)
	return from(m, e, true)
}

// nthUnit is "the second week of" the month, quarter or year that follows the match.
func (f *finder) nthUnit(m *match) (expr, bool) {
	o := f.nth(m)
	if o < 1 {
		return expr{}, false
	}
	e, ok := f.match(m.End)
	if !ok || e.kind != Date || e.from.IsZero() || e.grain != "month" && e.grain != "year" && e.grain != "quarter" {
		return expr{}, false
	}
	_, u := f.at(m, "at")
	at := e.from
	if u.grain == "week" { // a week belongs where most of its days are, as in ISO 8601
		at = at.AddDate(0, 0, 3)
	}
	d := shifted(at, u.grain, o-1)
	if !d.from.Before(e.to) {
		return expr{}, false
	}
	e.date = d
	return from(m, e, true)
}
