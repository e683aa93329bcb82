package figure

import (
	"strings"

	"github.com/onrecord/onrecord/reading/when/number"
)

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
	if words.units.Of(w) != "" || words.longUnits.Has(w) || number.Scale(w) > 0 || words.suffixes.Has(w) {
		return true
	}
	switch w {
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
	case "s":
		return !f.t.At(j - 1).Plain
	}
	return false
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
	return words.units.Of(w) != "" && !t.At(j).Line || words.longUnits.Has(w) && f.longUnitAt(j) || number.Scale(w) > 0
}

func (f *finder) longUnitAt(j int) bool {
	for _, u := range words.longUnits.Of(f.t.Low(j)) {
		if f.t.Is(j, u.words...) {
			return true
		}
	}
	return false
}

// counts says whether a plural noun in lower case stands at atom j or one word on: what a number before it counts.
func (f *finder) counts(j int) bool {
	for n := 0; n < 3; n++ {
		a := f.t.At(j + n)
		if a.Kind != number.Word || a.Line || words.stops.Has(a.Low) {
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
	if words.plurals.Has(w) {
		return true
	}
	n := len(w)
	if n < 4 || w[n-1] != 's' || w[n-2] == 's' || w[n-2] == 'u' || w[n-2] == 'i' || words.notPlural.Has(w) {
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
	f.reading = q
	if m, ok := rules.read.First(f, q.first); ok && m.Value != "count" {
		return m.Value, m.End
	}
	return "", q.end
}
