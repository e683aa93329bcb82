package when

import "time"

// The tables of English times. Forms are lower case; an abbreviation's final dot is not part of its form.

// months; a short form that is also a common word or a given name counts only beside a day or a year, or with its dot.
var months = map[string]struct {
	month time.Month
	shy   bool
}{
	"january": {1, false}, "february": {2, false}, "march": {3, true}, "april": {4, false}, "may": {5, true}, "june": {6, false},
	"july": {7, false}, "august": {8, false}, "september": {9, false}, "october": {10, false}, "november": {11, false}, "december": {12, false},
	"jan": {1, true}, "feb": {2, false}, "mar": {3, true}, "apr": {4, true}, "jun": {6, true}, "jul": {7, true}, "aug": {8, false},
	"sep": {9, true}, "sept": {9, false}, "oct": {10, false}, "nov": {11, false}, "dec": {12, true},
}

var weekdays = map[string]struct {
	day time.Weekday
	shy bool
}{
	"monday": {1, false}, "tuesday": {2, false}, "wednesday": {3, false}, "thursday": {4, false}, "friday": {5, false},
	"saturday": {6, false}, "sunday": {0, false},
	"mondays": {1, false}, "tuesdays": {2, false}, "wednesdays": {3, false}, "thursdays": {4, false}, "fridays": {5, false},
	"saturdays": {6, false}, "sundays": {0, false},
	"mon": {1, true}, "tue": {2, true}, "tues": {2, true}, "wed": {3, true}, "thu": {4, true}, "thur": {4, true}, "thurs": {4, true},
	"fri": {5, true}, "sat": {6, true}, "sun": {0, true},
}

// unit of time: letter is TIMEX3's, clock says that it follows the T, times is how many of the letter's unit it holds.
type unit struct {
	grain  string
	letter string
	clock  bool
	times  float64
	plural bool
}

var units = map[string]unit{
	"second": {"second", "S", true, 1, false}, "seconds": {"second", "S", true, 1, true},
	"minute": {"minute", "M", true, 1, false}, "minutes": {"minute", "M", true, 1, true},
	"min": {"minute", "M", true, 1, true}, "mins": {"minute", "M", true, 1, true}, "secs": {"second", "S", true, 1, true}, "sec": {"second", "S", true, 1, true},
	"hour": {"hour", "H", true, 1, false}, "hours": {"hour", "H", true, 1, true},
	"hr": {"hour", "H", true, 1, true}, "hrs": {"hour", "H", true, 1, true},
	"day": {"day", "D", false, 1, false}, "days": {"day", "D", false, 1, true},
	"night": {"night", "N", false, 1, false}, "nights": {"night", "N", false, 1, true},
	"week": {"week", "W", false, 1, false}, "weeks": {"week", "W", false, 1, true},
	"wk": {"week", "W", false, 1, true}, "wks": {"week", "W", false, 1, true},
	"fortnight": {"week", "W", false, 2, false}, "fortnights": {"week", "W", false, 2, true},
	"month": {"month", "M", false, 1, false}, "months": {"month", "M", false, 1, true},
	"quarter": {"quarter", "Q", false, 1, false}, "quarters": {"quarter", "Q", false, 1, true},
	"year": {"year", "Y", false, 1, false}, "years": {"year", "Y", false, 1, true},
	"yr": {"year", "Y", false, 1, true}, "yrs": {"year", "Y", false, 1, true},
	"decade": {"decade", "Y", false, 10, false}, "decades": {"decade", "Y", false, 10, true},
	"century": {"century", "Y", false, 100, false}, "centuries": {"century", "Y", false, 100, true},
}

// fillers may stand between a number and its unit of time.
var fillers = set("more full whole straight consecutive trading business working calendar long short additional extra solid light other further successive fiscal financial academic")

var seasons = map[string]string{"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI", "midsummer": "SU", "midwinter": "WI"}

var parts = map[string]string{
	"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "lunchtime": "MI", "overnight": "NI",
	"mornings": "MO", "afternoons": "AF", "evenings": "EV", "nights": "NI",
}

// fixed words and what they stand for: an offset in days, or a reference.
var deictic = map[string]struct {
	days int
	part string
}{
	"today": {0, ""}, "yesterday": {-1, ""}, "tomorrow": {1, ""}, "tonight": {0, "NI"}, "tonite": {0, "NI"}, "tmrw": {1, ""}, "overmorrow": {2, ""},
}

// references are times that name no place on the calendar.
var references = map[string]string{
	"now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF", "presently": "PRESENT_REF", "nowadays": "PRESENT_REF",
	"recently": "PAST_REF", "recent": "PAST_REF", "lately": "PAST_REF", "previously": "PAST_REF",
	"soon": "FUTURE_REF",
}

// referencePhrases are longer; the part in brackets of TimeML's extents (prepositions) is left out.
var referencePhrases = []struct {
	words []string
	value string
}{
	{[]string{"the", "past"}, "PAST_REF"},
	{[]string{"the", "time"}, "PAST_REF"}, // "at the time,"
	{[]string{"the", "near", "future"}, "FUTURE_REF"},
	{[]string{"the", "foreseeable", "future"}, "FUTURE_REF"},
	{[]string{"the", "future"}, "FUTURE_REF"},
	{[]string{"the", "moment"}, "PRESENT_REF"},
	{[]string{"the", "near", "term"}, "FUTURE_REF"},
	{[]string{"the", "long", "term"}, "FUTURE_REF"},
	{[]string{"the", "short", "term"}, "FUTURE_REF"},
	{[]string{"the", "time", "being"}, "PRESENT_REF"},
	{[]string{"these", "days"}, "PRESENT_REF"},
	{[]string{"this", "time"}, "PRESENT_REF"},
	{[]string{"the", "present"}, "PRESENT_REF"},
	{[]string{"one", "point"}, "PAST_REF"},
	{[]string{"long", "ago"}, "PAST_REF"},
	{[]string{"some", "day"}, "FUTURE_REF"},
	{[]string{"future", "years"}, "FUTURE_REF"},
	{[]string{"the", "coming", "years"}, "FUTURE_REF"},
}

// referencePhrase indexes referencePhrases by first word.
var referencePhrase = func() map[string][]int {
	m := map[string][]int{}
	for i, p := range referencePhrases {
		m[p.words[0]] = append(m[p.words[0]], i)
	}
	return m
}()

// adjectives of repetition.
var sets = map[string]string{
	"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "hourly": "PT1H",
	"biweekly": "P2W", "fortnightly": "P2W", "biannual": "P6M", "biennial": "P2Y",
}

var shifts = map[string]int{"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1}

// zones; those at Greenwich are written Z.
var zones = map[string]string{
	"utc": "Z", "gmt": "Z", "est": "", "edt": "", "et": "", "cst": "", "cdt": "", "ct": "", "mst": "", "mdt": "", "mt": "", "pst": "", "pdt": "", "pt": "",
	"bst": "", "cet": "", "cest": "", "ist": "", "jst": "", "aest": "", "aedt": "", "sgt": "", "hkt": "", "msk": "",
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "final": -1, "last": -1, "latest": -2,
}

var decadeWords = map[string]int{
	"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}

// holiday by name: a fixed day, the nth weekday of a month (week 5 or -1: the last), or days from Easter Sunday.
type holiday struct {
	words   []string
	month   time.Month
	day     int
	weekday time.Weekday
	week    int
	easter  int
	movable bool
}

var holidays = []holiday{
	{words: []string{"christmas", "eve"}, month: 12, day: 24},
	{words: []string{"christmas", "day"}, month: 12, day: 25},
	{words: []string{"christmas"}, month: 12, day: 25},
	{words: []string{"boxing", "day"}, month: 12, day: 26},
	{words: []string{"new", "year", "'s", "eve"}, month: 12, day: 31},
	{words: []string{"new", "year", "'s", "day"}, month: 1, day: 1},
	{words: []string{"new", "years", "eve"}, month: 12, day: 31},
	{words: []string{"new", "years", "day"}, month: 1, day: 1},
	{words: []string{"thanksgiving", "day"}, month: 11, weekday: 4, week: 4},
	{words: []string{"thanksgiving"}, month: 11, weekday: 4, week: 4},
	{words: []string{"labor", "day"}, month: 9, weekday: 1, week: 1},
	{words: []string{"memorial", "day"}, month: 5, weekday: 1, week: 5},
	{words: []string{"columbus", "day"}, month: 10, weekday: 1, week: 2},
	{words: []string{"veterans", "day"}, month: 11, day: 11},
	{words: []string{"presidents", "day"}, month: 2, weekday: 1, week: 3},
	{words: []string{"martin", "luther", "king", "day"}, month: 1, weekday: 1, week: 3},
	{words: []string{"independence", "day"}, month: 7, day: 4},
	{words: []string{"halloween"}, month: 10, day: 31},
	{words: []string{"valentine", "'s", "day"}, month: 2, day: 14},
	{words: []string{"valentines", "day"}, month: 2, day: 14},
	{words: []string{"mother", "'s", "day"}, month: 5, weekday: 0, week: 2},
	{words: []string{"father", "'s", "day"}, month: 6, weekday: 0, week: 3},
	{words: []string{"st", "patrick", "'s", "day"}, month: 3, day: 17},
	{words: []string{"may", "day"}, month: 5, day: 1},
	{words: []string{"april", "fools", "day"}, month: 4, day: 1},
	{words: []string{"bastille", "day"}, month: 7, day: 14},
	{words: []string{"good", "friday"}, movable: true, easter: -2},
	{words: []string{"easter", "sunday"}, movable: true},
	{words: []string{"easter", "monday"}, movable: true, easter: 1},
	{words: []string{"easter"}, movable: true},
	{words: []string{"ash", "wednesday"}, movable: true, easter: -46},
	{words: []string{"palm", "sunday"}, movable: true, easter: -7},
	{words: []string{"fourth", "of", "july"}, month: 7, day: 4},
}

// futureCues before or after a date say that it is to come; pastCues that it has been.
var (
	futureCues = set("will wo ll shall scheduled due expected expects expect planned plans plan planning slated upcoming until till deadline would should going intends aims hopes could may might must can begins starts opens forthcoming set")
	pastCues   = set("was were had did has have been said says told saw rose fell began came went took made met held won lost got gave left became found grew hit led sold sent spent wrote broke drew drove flew kept knew paid ran since struck threw wore spoke shot put ended")
	notPast    = set("need indeed speed feed seed red bed breed exceed proceed succeed united limited hundred embed aged used need sacred naked")
)

// scheduled are the verbs of the present that stand before the day of what is to come: "the team meets Saturday".
var scheduled = set("meets meet plays play faces face hosts host opens open begins begin starts start resumes resume returns visits visit ends end expires expire votes vote travels travel convenes convene debuts airs premieres kicks runs goes leaves arrives speaks holds hold release releases launches")

// yearCues before four digits say that they are a year.
var yearCues = set("in since by of from until till during before after through early late mid circa year between and to for the this around fiscal")

// earlyCues are those that also make a year of a number below 1500.
var earlyCues = set("in since by until year circa around")

// names take a number of four digits that is no year.
var names = set("nasdaq russell stoxx nikkei ftse s&p windows office euro boeing formula channel flight route highway model mazda sony radeon geforce falcon")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for len(words) > 0 {
		i := 0
		for i < len(words) && words[i] != ' ' {
			i++
		}
		m[words[:i]] = true
		if i == len(words) {
			break
		}
		words = words[i+1:]
	}
	return m
}
