package when

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/when/number"
)

// vocabulary is what the lexicon says of the words of times; the comments of its files say what the classes are.
type vocabulary struct {
	// Classes of the subject time, see resolve.
	wholes, vagueNumbers, amounts, beforeUnits, behindUnits, attacks, toEnd, people, beforeMonth, notYet, toPlay, timeTaken, stretches, stretchUnits, beforeUnit, beforeOrdinal, withDay *lexicon.Set
	partOf                                                                                                                                                                               *lexicon.Table[string]
	copulas                                                                                                                                                                              *lexicon.Set

	months      *lexicon.Table[monthName]
	weekdays    *lexicon.Table[weekdayName]
	units       *lexicon.Table[unit]
	seasons     *lexicon.Table[string]
	parts       *lexicon.Table[string] // of the day
	deictic     *lexicon.Table[day]
	references  *lexicon.Table[string]
	phrases     *lexicon.Table[[]phrase] // references of several words, by the first
	sets        *lexicon.Table[string]
	shifts      *lexicon.Table[int]
	zones       *lexicon.Table[string]
	ordinals    *lexicon.Table[int]
	decadeWords *lexicon.Table[int]
	holidays    []holiday
	lasting     *lexicon.Table[string]
	starters    *lexicon.Table[tables]

	fillers, futureCues, pastCues, notPast, scheduled, yearCues, earlyCues, names, closesDay, starts, measures, fromEvent *lexicon.Set
}

// A monthName is a month; a shy one is also a common word or a given name, and counts only beside a day or a year, or with its dot.
type monthName struct {
	month time.Month
	shy   bool
}

// A weekdayName is a weekday; a shy one is also another word.
type weekdayName struct {
	day time.Weekday
	shy bool
}

// unit of time: letter is TIMEX3's, clock says that it follows the T, times is how many of the letter's unit it holds.
type unit struct {
	grain  string
	letter string
	clock  bool
	times  float64
	plural bool
}

// unitOf is the unit of time of that name, in the singular.
func unitOf(name string) unit {
	switch name {
	case "second", "minute", "hour":
		return unit{name, strings.ToUpper(name[:1]), true, 1, false}
	case "fortnight":
		return unit{"week", "W", false, 2, false}
	case "decade":
		return unit{name, "Y", false, 10, false}
	case "century":
		return unit{name, "Y", false, 100, false}
	}
	return unit{name, strings.ToUpper(name[:1]), false, 1, false}
}

// A day is so many days from that of the news, or a part of one.
type day struct {
	days int
	part string
}

// A phrase is a reference of several words.
type phrase struct {
	words []string
	value string
}

// holiday by name: a fixed day, the nth weekday of a month (week 5: the last), or days from Easter Sunday.
type holiday struct {
	words   []string
	month   time.Month
	day     int
	weekday time.Weekday
	week    int
	easter  int
	movable bool
}

// tables says which tables hold a word, so that one look-up spares those of the others.
type tables uint16

const (
	other tables = 1 << iota
	aMonth
	aWeekday
	aUnit
	aDeictic
	aReference
	aSet
	anOrdinal
	aHoliday
	aNumber
)

var words = resolve(en.Lexicon)

func resolve(l *lexicon.Lexicon) (w vocabulary) {
	calendar, s := l.Subject("calendar"), l.Subject("time")
	for class, set := range map[string]**lexicon.Set{
		"between number and unit": &w.fillers, "to come": &w.futureCues, "past": &w.pastCues, "no past": &w.notPast, "scheduled": &w.scheduled,
		"before year": &w.yearCues, "before early year": &w.earlyCues, "numbered name": &w.names, "before the day": &w.closesDay,
		"whole":                   &w.wholes,
		"vague number":            &w.vagueNumbers,
		"amounts":                 &w.amounts,
		"before units":            &w.beforeUnits,
		"behind units":            &w.behindUnits,
		"attack":                  &w.attacks,
		"to end":                  &w.toEnd,
		"counted people":          &w.people,
		"before month":            &w.beforeMonth,
		"not come about":          &w.notYet,
		"to play":                 &w.toPlay,
		"before time taken":       &w.timeTaken,
		"same stretch":            &w.stretches,
		"stretch of calendar":     &w.stretchUnits,
		"before unit of calendar": &w.beforeUnit,
		"before ordinal day":      &w.beforeOrdinal,
		"with day":                &w.withDay,
		"behind month of year":    &w.starts, "measured": &w.measures, "from event": &w.fromEvent,
	} {
		*set = s.Set(class)
	}
	shy := s.Set("month and word")
	months := lexicon.Map(calendar.Rows("month", "short month", "shy month"), func(r lexicon.Row) monthName {
		return monthName{time.Month(value(r)), r.Class == "shy month" || shy.Has(r.Entries[0])}
	})
	weekdays := lexicon.Map(calendar.Rows("weekday", "weekdays", "shy weekday"), func(r lexicon.Row) weekdayName {
		return weekdayName{time.Weekday(value(r)), r.Class == "shy weekday"}
	})
	units := lexicon.Map(s.Rows("unit", "units"), func(r lexicon.Row) unit {
		u := unitOf(r.Value)
		u.plural = r.Class == "units"
		return u
	})
	nights := s.Set("night of day")
	days := lexicon.Map(calendar.Rows("day", "coming day"), func(r lexicon.Row) day { return day{days: value(r)} })
	for form, d := range lexicon.Map(s.Rows("rare day"), func(r lexicon.Row) day { return day{days: value(r)} }) {
		days[form] = d
	}
	for form, d := range days {
		if nights.Has(form) {
			days[form] = day{d.days, "NI"}
		}
	}
	w.months, w.weekdays, w.units, w.deictic = lexicon.NewTable(months), lexicon.NewTable(weekdays), lexicon.NewTable(units), lexicon.NewTable(days)
	w.seasons, w.parts, w.references = s.Values("season"), s.Values("part of day"), s.Values("reference")
	w.sets, w.zones = s.Values("repeated"), s.Values("zone")
	w.partOf, w.copulas = s.Values("part of stretch"), l.Subject("clause").Set("copula")
	w.lasting = s.Values("lasting")
	w.shifts = lexicon.NewTable(lexicon.Map(s.Rows("shift"), value))
	w.ordinals = lexicon.NewTable(lexicon.Map(s.Rows("ordinal"), value))
	w.decadeWords = lexicon.NewTable(lexicon.Map(s.Rows("decade"), value))
	phrases := map[string][]phrase{}
	for r := range s.Rows("reference phrase") {
		for _, entry := range r.Entries {
			p := phrase{strings.Fields(entry), r.Value}
			phrases[p.words[0]] = append(phrases[p.words[0]], p)
		}
	}
	w.phrases = lexicon.NewTable(phrases)
	for r := range s.Rows("holiday") {
		for _, entry := range r.Entries {
			w.holidays = append(w.holidays, newHoliday(entry, r.Value, weekdays))
		}
	}
	slices.SortStableFunc(w.holidays, func(a, b holiday) int { return len(b.words) - len(a.words) })
	w.starters = lexicon.NewTable(openers(s, calendar, w.holidays))
	return w
}

// value is the number that a row has for a value.
func value(r lexicon.Row) int {
	v, err := strconv.Atoi(r.Value)
	if err != nil {
		panic(fmt.Sprintf("when: %q of %s is no number", r.Value, r.Class))
	}
	return v
}

// newHoliday reads the day of a holiday: "12-24", "11 thursday 4", "easter -2".
func newHoliday(name, when string, weekdays map[string]weekdayName) holiday {
	h := holiday{words: strings.Fields(name)}
	if _, err := fmt.Sscanf(when, "easter %d", &h.easter); err == nil {
		h.movable = true
		return h
	}
	if _, err := fmt.Sscanf(when, "%d-%d", &h.month, &h.day); err == nil {
		return h
	}
	var weekday string
	if _, err := fmt.Sscanf(when, "%d %s %d", &h.month, &weekday, &h.week); err != nil {
		panic(fmt.Sprintf("when: %q is no day of a holiday", when))
	}
	h.weekday = weekdays[weekday].day
	return h
}

// openers are the words that an expression may begin with, and their tables: all others are passed over at once.
func openers(s, calendar *lexicon.Subject, holidays []holiday) map[string]tables {
	m := map[string]tables{}
	put := func(in tables, forms []string) {
		for _, form := range forms {
			m[form] |= in
		}
	}
	put(other, s.List("opener", "season"))
	put(aMonth, calendar.List("month", "short month", "shy month"))
	put(aWeekday, calendar.List("weekday", "weekdays", "shy weekday"))
	put(aUnit, s.List("unit", "units"))
	put(aDeictic, append(calendar.List("day", "coming day"), s.List("rare day")...))
	put(aReference, s.List("reference"))
	put(aSet, s.List("repeated"))
	put(anOrdinal, s.List("ordinal"))
	put(aNumber, number.Openers())
	for _, h := range holidays {
		m[h.words[0]] |= aHoliday
	}
	return m
}
