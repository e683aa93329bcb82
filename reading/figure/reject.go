package figure

import (
	"strings"

	"github.com/onrecord/onrecord/reading/when/number"
)

// noFigure says why what begins at atom i is no figure at all, "" where it may be one, and the atom after it.
func (f *finder) noFigure(i int) (string, int) {
	t := f.t
	a := t.At(i)
	if a.Kind == number.Word && a.Cap && !f.opens(i) && smallNumber(a.Low) {
		// "Ground Zero", "Formula One"
		if prev := t.At(i - 1); prev.Kind == number.Word && prev.Cap && !stops.Has(prev.Low) && !f.comparing(i-1) && !plural(t.Low(i+1)) && !f.measured(i+1) {
			return "name", i + 1
		}
	}
	if next := t.At(i + 1); a.Low == "zero" && a.Cap && next.Cap && next.Kind == number.Word && !next.Line { // "Zero Hedge"
		return "name", i + 2
	}
	if a.Cap && f.t.Is(i-2, "group", "of") && t.At(i-2).Cap && smallNumber(a.Low) { // "the Group of Seven"
		return "name", i + 1
	}
	if a.Kind == number.Word && !a.Space && t.Low(i-1) == "-" && !t.At(i-1).Space && t.At(i-2).Kind == number.Word && smallNumber(a.Low) && t.Low(i-2) == "high" { // "to high-five"
		return "name", i + 1
	}
	if a.Kind != number.Digits {
		return "", i
	}
	if a.Plain && t.Is(i+1, "-", "to", "-") && t.Tight(i+4) && t.At(i+4).Kind == number.Digits { // "3-to-1"
		return "odds", i + 5
	}
	if a.Bad {
		return "too long", i + 1
	}
	prev, next := t.At(i-1), t.At(i+1)
	tight := t.Tight(i + 1)
	switch {
	case !a.Space && prev.Kind == number.Word && prev.Low != "'s":
		// "S23", "CAC40"; money was read from the letters before
		return "name", f.tail(i + 1)
	case !a.Space && (prev.Low == "=" || prev.Low == "\"" && t.Low(i-2) == "=" && !prev.Space):
		return "markup", f.tail(i + 1)
	case !a.Space && (prev.Low == "#" || prev.Low == "@" || prev.Low == "_"):
		return "name", f.tail(i + 1)
	case !a.Space && prev.Low == "." && i > 1 && t.At(i-2).Kind == number.Digits && !prev.Space:
		return "version", f.tail(i + 1)
	case !a.Space && prev.Low == "-" && !prev.Space && t.At(i-2).Kind == number.Word && t.At(i-2).Low != "minus" && t.At(i-2).Low != "sub" &&
		t.At(i-2).Low != "plus" && t.At(i-2).Low != "to" && t.At(i-2).Low != "than" && t.At(i-2).Low != "negative":
		return "name", f.tail(i + 1) // "COVID-19", "F-16", "last-32"
	case tight && ordinalMarks.Has(next.Low) && a.Plain:
		return "ordinal", i + 2
	case tight && next.Low == "." && t.Tight(i+2) && t.At(i+2).Kind == number.Digits:
		return "version", f.tail(i + 1)
	case tight && next.Low == ":" && t.Tight(i+2) && t.At(i+2).Kind == number.Digits:
		j := i + 3
		for t.Tight(j) && (t.Low(j) == ":" || t.At(j).Kind == number.Digits || t.Low(j) == ".") {
			j++
		}
		return "clock", j
	case a.Low == "501" && (next.Low == "c" || t.Is(i+1, "(", "c")): // the American law on charities: "501(c)(3)"
		j := i + 1
		for n := 0; n < 8 && j < len(t.Atoms) && (t.Tight(j) || j == i+1); n++ {
			j++
		}
		return "name", j
	case emergency.Has(a.Low) && (calls.Has(next.Low) || calls.Has(prev.Low)): // "a 911 caller"
		return "name", i + 1
	case a.Plain && a.Val >= 1900 && a.Val < 2100 && len(a.Low) == 4 && inYear.Has(prev.Low) && !f.measured(i+1) && (f.closes(i+1) || i+1 >= len(t.Atoms)):
		return "year", i + 1 // "the first five months of 2019"
	case a.Plain && a.Val > 1 && next.Low == "to" && (t.Low(i+2) == "1" || t.Low(i+2) == "one") && odds.Has(t.Low(i+3)): // "a 3 to 1 margin"
		return "odds", i + 3
	case tight && a.Plain && next.Low == "x" && t.Tight(i+2) && t.At(i+2).Kind == number.Digits: // "320x240"
		return "name", i + 3
	case a.Plain && a.Val >= 1 && a.Val <= 31 && (prev.Low == "to" || prev.Low == "and" || prev.Low == "through") && i > 1 && f.skip[i-2] > 0 &&
		t.At(i-2).Kind == number.Digits && t.At(i-2).Val < a.Val && !f.measured(i+1) && (f.closes(i+1) || stops.Has(next.Low)): // "from Sept. 19 to 22"
		return "day", i + 1
	case a.Low == "500" && t.Low(i-1) == "'s" && t.Low(i-2) == "poor":
		return "name", i + 1
	case a.Plain && a.Low == "9" && t.Is(i+1, "/", "11"):
		return "name", i + 3
	case tight && a.Plain && next.Low == "/" && t.Tight(i+2) && t.At(i+2).Kind == number.Digits && t.At(i+2).Plain && a.Val >= t.At(i+2).Val && t.Low(i-1) != "$":
		return "name", f.tail(i + 3) // "24/7"
	case tight && next.Kind == number.Word && !f.suffix(i+1):
		return "name", f.tail(i + 1) // "49ers", "737s", "5G"
	}
	if why := f.label(i); why != "" {
		j := i + 1
		if t.Low(j) == "-" && t.Tight(j) && t.Tight(j+1) {
			j = f.tail(j)
		}
		return why, j
	}
	return "", i
}

var (
	// emergency are telephone numbers, and calls are words beside them.
	emergency = set("911 999 112")
	calls     = set("call calls called calling caller callers dial dialed dialled dialing operator operators dispatcher dispatchers emergency tape tapes recording")
	// odds are words after "3 to 1".
	odds = set("margin ratio odds majority lead vote favorite favourite chance shot underdog")
	// inYear are words before a year.
	inYear = set("in of since during until before after by")
)

// smallNumber says whether the word is a small number that names take.
func smallNumber(w string) bool {
	switch w {
	case "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve":
		return true
	}
	return false
}

// tail is the atom after a name that goes on without space from atom j.
func (f *finder) tail(j int) int {
	for f.t.Tight(j) && (f.t.At(j).Kind != number.Mark || f.t.Low(j) == "-" && f.t.Tight(j+1)) {
		j++
	}
	return j
}

// suffix says whether the word tight after digits is a unit or a scale.
func (f *finder) suffix(j int) bool {
	w := f.t.Low(j)
	if units.Of(w) != "" || longUnit[w] != nil || number.Scale(w) > 0 || w == "x" || w == "fold" || w == "to" {
		return true
	}
	switch w {
	case "b", "k":
		return true
	case "mm":
		return f.t.At(j).Upper
	case "f":
		return f.fahrenheit(j)
	case "e": // "1.3e6"
		return !f.t.At(j).Cap && f.t.Tight(j+1)
	case "g", "m", "c", "p", "l", "w", "v", "h":
		a := f.t.At(j)
		if w == "g" && a.Cap { // "5G"
			return false
		}
		if a.Cap && w != "m" && w != "w" && w != "v" && w != "l" && w != "c" {
			return false
		}
		d := f.t.At(j - 1)
		return !(w == "p" && d.Plain && (d.Val == 1080 || d.Val == 720 || d.Val == 480 || d.Val == 2160))
	case "min", "mins", "hr", "hrs", "s":
		return w != "s" || !f.t.At(j-1).Plain
	case "mn", "mln", "bn", "tn", "trn":
		return true
	}
	return false
}

// label says whether the number is part of a name or a label: "Boeing 737", "Game 2", "category 4".
func (f *finder) label(i int) string {
	t := f.t
	a, prev := t.At(i), t.At(i-1)
	j := i - 1
	if prev.Low == "-" && prev.Kind == number.Mark {
		return ""
	}
	if prev.Low == "no" && t.At(i-1).Kind == number.Word || prev.Low == "nos" || prev.Low == "." && t.Low(i-2) == "no" && !prev.Space {
		return "order"
	}
	if !a.Plain || prev.Kind != number.Word || a.Line {
		// "(4)" after a name
		if a.Plain && prev.Low == "(" && t.Low(i+1) == ")" && t.At(i-2).Cap && a.Val < 1000 {
			return "label"
		}
		if a.Plain && prev.Low == "&" && t.At(i-2).Cap {
			return "name"
		}
		if prev.Low == "version" && !a.Line && !f.measured(i+1) { // "version 10.4"
			return "version"
		}
		return ""
	}
	unit := f.measured(i + 1)
	if !unit && a.Val >= 100 {
		// "two new 737 Max jets": one phrase has one count
		if pp := t.At(i - 2); !stops.Has(prev.Low) && (pp.Kind == number.Digits && pp.Plain || number.Starts(pp.Low) && pp.Low != "a" && pp.Low != "an") && !prev.Cap && units.Of(prev.Low) == "" && number.Scale(prev.Low) == 0 {
			return "name"
		}
		// "its own 787 Dreamliner"
		if n := t.At(i + 1); n.Cap && n.Kind == number.Word && !n.Upper && n.Space && (prev.Low == "own" || prev.Low == "new" || prev.Low == "'s") && !f.counts(i+1) && !plural(n.Low) {
			return "name"
		}
	}
	if named := prev.Cap || f.capitalInside(j); numberedNames.Has(prev.Low) && !unit && (named || !f.counts(i+1) && comparators.Of(prev.Low) == nil) {
		if named || a.Val < 1000 {
			return "name"
		}
	}
	if prev.Low == "p" && t.Low(i-2) == "&" || prev.Low == "p" && t.Low(i-2) == "s" {
		return "name"
	}
	if !prev.Cap || unit || stops.Has(prev.Low) || units.Of(prev.Low) != "" || f.skip[j] > 0 {
		return ""
	}
	// A name's number: after a capital inside the sentence, before nothing that it counts.
	if f.opens(j) && !f.inName(j) {
		return ""
	}
	if f.comparing(j) || f.counts(i+1) {
		return ""
	}
	if ups.Has(prev.Low) || downs.Has(prev.Low) || scoreCues.Has(prev.Low) {
		return ""
	}
	return "name"
}

// capitalInside says whether the word at atom j has a capital behind a small letter, as names of products have: "iPhone".
func (f *finder) capitalInside(j int) bool {
	w := f.t.At(j).Span.Of(f.t.Source)
	return w != "" && strings.ContainsAny(w[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// opens says whether atom j is the first word of its sentence, whose capital means nothing.
func (f *finder) opens(j int) bool {
	if j == 0 || f.sent[j-1] != f.sent[j] {
		return true
	}
	switch f.t.Low(j - 1) {
	case ".", "!", "?", ":", "\"", "“", "``":
		return true
	}
	return false
}

func (f *finder) inName(j int) bool { return f.t.At(j + 1).Cap }

// comparing says whether a comparator's last word stands at atom j ("More than 12", "Some 300").
func (f *finder) comparing(j int) bool {
	mark, _ := f.comparator(j + 1)
	return mark != ""
}

// measured says whether a unit, a scale or a percent sign stands at atom j.
func (f *finder) measured(j int) bool {
	t := f.t
	if t.Low(j) == "-" && t.Tight(j) {
		j++
	}
	w := t.Low(j)
	return units.Of(w) != "" && !t.At(j).Line || longUnit[w] != nil && f.longUnitAt(j) || number.Scale(w) > 0
}

func (f *finder) longUnitAt(j int) bool {
	for _, k := range longUnit[f.t.Low(j)] {
		if f.t.Is(j, longUnits[k].words...) {
			return true
		}
	}
	return false
}

// counts says whether a plural noun in lower case stands at atom j or one word on: what a number before it counts.
func (f *finder) counts(j int) bool {
	for n := 0; n < 3; n++ {
		a := f.t.At(j + n)
		if a.Kind != number.Word || a.Line || stops.Has(a.Low) {
			return false
		}
		if plural(a.Low) && !(a.Cap && n == 0 && !a.Upper) {
			return true
		}
	}
	return false
}

// plural says whether the lower-case word looks like a plural noun.
func plural(w string) bool {
	if plurals.Has(w) {
		return true
	}
	n := len(w)
	if n < 4 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' || w[n-2] == 'i' || notPlural.Has(w) {
		return false
	}
	return true
}

// rejectQuantity says why a quantity that was read is no figure.
func (f *finder) rejectQuantity(q quantity) (string, int) {
	t := f.t
	if q.high > largest || q.low < -largest {
		return "too large", q.end
	}
	if q.noun < 0 {
		end := q.end
		if t.Low(end) == "-" {
			end++
		}
		return "adjective", max(end, q.first+1)
	}
	// "2-0", "89-89": the score of a game
	if q.plain && q.unit == "" && !q.ranged && t.Low(q.end) == "-" && t.Tight(q.end) && t.Tight(q.end+1) && t.At(q.end+1).Kind == number.Digits {
		j := q.end + 2
		for t.Tight(j) && (t.Low(j) == "-" || t.At(j).Kind == number.Digits) {
			j++
		}
		return "score", j
	}
	if q.unit == "" && (q.plain || q.ranged) && !q.words && f.address(q) {
		return "address", q.end
	}
	if q.words && q.low == 1 && q.sign == 0 && q.end == q.first+1 && t.Low(q.first) == "one" && q.unit == "" {
		if !f.oneCounts(q) {
			return "pronoun", q.end
		}
	}
	if q.plain && q.unit == "" && (t.Low(q.first-1) == "top" || t.Low(q.first-1) == "bottom") && !f.counts(q.end) ||
		q.words && q.unit == "" && (t.Low(q.first-1) == "top" || t.Low(q.first-1) == "bottom") && !f.counts(q.end) {
		return "order", q.end
	}
	if q.words && (q.unit == "day" || q.unit == "time") && q.low == 1 {
		return "phrase", q.end
	}
	if t.Low(q.end) == "-" && t.Tight(q.end) && t.At(q.end+1).Kind == number.Word && q.unit == "" && !q.ranged && !t.At(q.end+1).Space {
		return "adjective", q.end + 1
	}
	return "", q.end
}

// oneCounts says whether "one" at q counts: "one man", "one of the students".
func (f *finder) oneCounts(q quantity) bool {
	t := f.t
	next, prev := t.At(q.end), t.Low(q.first-1)
	switch prev {
	case "no", "the", "this", "that", "any", "every", "some", "which", "each", "a", "an", "-", "another", "only", "first", "last", "big", "new", "good", "number":
		return next.Low == "of" && prev == "only" || prev == "only" && next.Kind == number.Word && !stops.Has(next.Low) && !notCounted.Has(next.Low)
	}
	if next.Low == "of" {
		switch t.Low(q.end + 1) {
		case "the", "its", "their", "his", "her", "our", "my", "your", "these", "those", "several", "many":
			return true
		}
		return number.Starts(t.Low(q.end+1)) && t.Low(q.end+1) != "a"
	}
	if next.Kind != number.Word || stops.Has(next.Low) || notCounted.Has(next.Low) || next.Line {
		return false
	}
	return !next.Cap || plural(next.Low)
}

// address says whether the number is a house's: "49 Zorro Ranch Road".
func (f *finder) address(q quantity) bool {
	t := f.t
	if !t.At(q.end).Cap || q.low > 99999 {
		return false
	}
	for n := 0; n < 5; n++ {
		a := t.At(q.end + n)
		if a.Kind == number.Digits && n > 0 && ordinalMarks.Has(t.Low(q.end+n+1)) || n > 1 && ordinalMarks.Has(a.Low) {
			continue
		}
		if a.Kind != number.Word || a.Line || !a.Cap {
			return false
		}
		if n > 0 && streets.Has(a.Low) {
			return true
		}
		if (a.Low == "zip" || a.Low == "ave" || a.Low == "avenue") && n < 2 {
			return true
		}
	}
	return false
}
