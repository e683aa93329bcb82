package when

import (
	"embed"
	"strings"
	"time"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when/number"
)

//go:embed patterns/*.txt
var patterns embed.FS

// rules are the patterns of times, a file of patterns each. The value of a rule names what makes a time of the match, see builders;
// where it makes none, the next rule is tried, unless the value ends in "!". "none" is no time.
var rules struct {
	word, determined, shifted, duration, season, fuzzy, ordinal, numeric, clock, month, day, digits, decade, century, year *grammar.Rules[*finder]

	builders map[string]builder
}

type match = grammar.Match

// A builder makes a time of what a rule matched.
type builder func(f *finder, m *match) (expr, bool)

func init() { // not a declaration: what patterns ask for asks patterns in its turn
	v := &grammar.Vocabulary[*finder]{Classes: grammar.Classes(en.Lexicon, "time", "calendar", "figure"), Predicates: predicates(), Readers: readers()}
	v.Classes["month-name"], v.Classes["weekday-name"] = words.months, words.weekdays
	v.Classes["month-cue"] = lexicon.NewSet(strings.Fields("in since last next this early late mid until till by during of from between through before after for past the a an on to and or")...)
	v.Classes["numeral"] = lexicon.NewSet(number.Openers()...)
	var holidays []string
	for _, h := range words.holidays {
		holidays = append(holidays, h.words[0])
	}
	v.Classes["holiday-opener"] = lexicon.NewSet(holidays...)
	var phrases []string
	for r := range en.Lexicon.Subject("time").Rows("reference phrase") {
		for _, entry := range r.Entries {
			first, _, _ := strings.Cut(entry, " ")
			phrases = append(phrases, first)
		}
	}
	v.Classes["reference-opener"] = lexicon.NewSet(phrases...)
	for name, r := range files() {
		*r = grammar.Must(patterns, "patterns/"+name+".txt", v)
	}
	rules.builders = builders()
	for name, r := range files() {
		for _, rule := range (*r).All {
			if value := strings.TrimSuffix(rule.Value, "!"); name != "duration" && name != "season" && value != "none" && rules.builders[value] == nil {
				panic("when: " + name + ".txt: nothing makes a time of " + value)
			}
		}
	}
}

// files are the places of the rules by the names of their files.
func files() map[string]**grammar.Rules[*finder] {
	return map[string]**grammar.Rules[*finder]{
		"numeric": &rules.numeric, "clock": &rules.clock, "month": &rules.month, "day": &rules.day, "digits": &rules.digits, "decade": &rules.decade,
		"century": &rules.century, "year": &rules.year, "word": &rules.word, "determined": &rules.determined, "shifted": &rules.shifted, "duration": &rules.duration, "season": &rules.season,
		"fuzzy": &rules.fuzzy, "ordinal": &rules.ordinal,
	}
}

// read is the time that the first rule makes whose pattern matches at atom i.
func (f *finder) read(r *grammar.Rules[*finder], i int) (expr, bool) {
	for last := -1; ; {
		found, ok := r.Next(f, i, last)
		if !ok || found.Value == "none" {
			return expr{}, false
		}
		m := found // what builders are given is kept only where there is something
		name, final := strings.CutSuffix(m.Value, "!")
		if e, ok := rules.builders[name](f, &m); ok || final {
			return e, ok
		}
		last = m.Rule
	}
}

// Text is the text scanned.
func (f *finder) Text() *number.Text { return f.t }

// Token is empty: times are read before the text has parts of speech.
func (f *finder) Token(int) (tag, lemma, relation string) { return "", "", "" }

// whole says whether v is so many of n.
func whole(v float64, n int) bool { return v == float64(int(v)) && int(v)%n == 0 }

func predicates() map[string]func(*finder, int) bool {
	return map[string]func(*finder, int) bool{
		"tight":            func(f *finder, i int) bool { return f.t.Tight(i) },
		"line":             func(f *finder, i int) bool { return f.t.At(i).Line },
		"cap":              func(f *finder, i int) bool { return f.t.At(i).Cap },
		"digits":           func(f *finder, i int) bool { return f.t.At(i).Kind == number.Digits },
		"begins-with-zero": func(f *finder, i int) bool { return strings.HasPrefix(f.t.Low(i), "0") },
		"hundredths":       func(f *finder, i int) bool { w := f.t.Low(i); return len(w) >= 3 && w[len(w)-3] == '.' },
		"tens":             func(f *finder, i int) bool { return whole(f.t.At(i).Val, 10) },
		"hundreds":         func(f *finder, i int) bool { return whole(f.t.At(i).Val, 100) },
		"far":              func(f *finder, i int) bool { v := f.t.At(i).Val; return v < 1900 || v > 2060 },
		"goes-on":          func(f *finder, i int) bool { return f.t.Tight(i) && strings.ContainsAny(f.t.Low(i), "-/%:0123456789") },
		"more":             func(f *finder, i int) bool { return i < len(f.t.Atoms) },
		"start":            func(_ *finder, i int) bool { return i < 0 },
		"opener":           func(f *finder, i int) bool { return words.starters.Of(f.t.Low(i)) != 0 },
		"clear-weekday":    func(f *finder, i int) bool { return f.t.At(i).Cap || !words.weekdays.Of(f.t.Low(i)).shy },
		"sure-weekday":     func(f *finder, i int) bool { return !words.weekdays.Of(f.t.Low(i)).shy },
		"clear-name":       func(f *finder, i int) bool { return f.t.At(i).Cap || !words.months.Of(f.t.Low(i)).shy },
		"counts":           (*finder).counts,
		"of-measure":       (*finder).unitFollows,
		"plural":           (*finder).countFollows,
		"year":             func(f *finder, i int) bool { _, ok := f.yearNumber(i); return ok },
		"sure-name":        func(f *finder, i int) bool { _, sure, ok := f.month(i); return ok && sure },
		"clear-month":      func(f *finder, i int) bool { return f.t.At(i).Cap || len(f.t.Low(i)) > 3 },
		"sure-month": func(f *finder, i int) bool {
			_, sure, ok := f.month(i)
			return ok && (sure || f.t.At(i).Cap && f.monthBefore(i))
		},
	}
}

func readers() map[string]func(*finder, int) int {
	return map[string]func(*finder, int) int{
		"year": func(f *finder, i int) int {
			if _, ok := f.yearNumber(i); !ok {
				return -1
			}
			return i + 1
		},
		"day": func(f *finder, i int) int {
			_, end, ok := f.dayNumber(i)
			if !ok {
				return -1
			}
			return end
		},
		"ordinal day": func(f *finder, i int) int {
			_, end, ok := f.dayNumber(i)
			if !ok || end == i+1 {
				return -1
			}
			return end
		},
		"day in words": func(f *finder, i int) int {
			d, end := f.dayWord(i)
			if d == 0 {
				return -1
			}
			return end
		},
		"number": func(f *finder, i int) int {
			if n, ok := f.t.Read(i); ok {
				return n.End
			}
			return -1
		},
		"amount": func(f *finder, i int) int {
			if _, end, _, ok := f.amount(i); ok && f.t.Low(i) != "a" && f.t.Low(i) != "an" {
				return end
			}
			return -1
		},
		"day from 21": func(f *finder, i int) int { // "twenty-one"
			if n, ok := f.t.Read(i); ok && n.Words && !n.Round && n.Val > 20 && n.Val <= 31 && n.Val != 30 {
				return n.End
			}
			return -1
		},
	}
}

// builders are the builders by the values of the rules.
func builders() map[string]builder {
	all := map[string]builder{}
	for _, some := range []map[string]builder{wordBuilders(), determinedBuilders(), shiftedBuilders(), partBuilders(), digitBuilders()} {
		for name, b := range some {
			if all[name] != nil {
				panic("when: two builders called " + name)
			}
			all[name] = b
		}
	}
	return all
}

// val is the value of the digits with the label, 0 without.
func (f *finder) val(m *match, label string) int {
	i, _ := m.Of(label)
	return int(f.t.At(i).Val)
}

// year4 is the year that a match begins with.
func (f *finder) year4(m *match) int { return int(f.t.At(m.First).Val) }

// named is the month at the label "m", else the one that the match begins with.
func (f *finder) named(m *match) time.Month {
	i, _ := m.Of("m")
	if i < 0 {
		i = m.First
	}
	return words.months.Of(f.t.Low(i)).month
}
