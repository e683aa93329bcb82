package number

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
)

// vocabulary is what the lexicon says of the words of numbers; hundred and above multiply.
type vocabulary struct {
	spoken        *lexicon.Table[word]
	scales        *lexicon.Table[float64] // plurals that multiply only straight after a number
	parts         *lexicon.Table[share]
	lastOfPart    *lexicon.Table[share] // end the name of a part ("twenty-first"); the second is not among them: it lasts
	vulgar        map[rune]float64      // fractions that have a character of their own
	abbreviations *lexicon.Set          // end in a dot that is theirs
	openers       []string              // words that a number may begin with
	starts        *lexicon.Set
}

// A share is a part of a whole, by how many of it make one.
type share struct {
	of     float64
	plural bool
}

var english = resolve(en.Lexicon)

func resolve(l *lexicon.Lexicon) (w vocabulary) {
	s := l.Subject("number")
	classes := map[string]class{"small": small, "tens": tens, "hundred": hundred, "scale": scale}
	w.spoken = lexicon.NewTable(lexicon.Map(s.Rows("small", "tens", "hundred", "scale"), func(r lexicon.Row) word {
		return word{value(r)[0], classes[r.Class]}
	}))
	w.scales = lexicon.NewTable(lexicon.Map(s.Rows("scales"), func(r lexicon.Row) float64 { return value(r)[0] }))
	w.parts = lexicon.NewTable(lexicon.Map(s.Rows("part", "parts"), func(r lexicon.Row) share { return share{value(r)[0], r.Class == "parts"} }))
	w.lastOfPart = lexicon.NewTable(lexicon.Map(s.Rows("last of part", "last of parts"), func(r lexicon.Row) share {
		return share{value(r)[0], r.Class == "last of parts"}
	}))
	w.vulgar = map[rune]float64{}
	for r := range s.Rows("fraction sign") {
		v := value(r)
		w.vulgar[[]rune(r.Entries[0])[0]] = v[0] / v[1]
	}
	w.abbreviations = lexicon.NewSet(append(s.List("abbreviation"), l.Subject("calendar").List("short month", "shy month", "shy weekday")...)...)
	w.openers = append([]string{"a", "an", "half", "quarter"}, s.List("small", "tens")...)
	slices.Sort(w.openers)
	w.starts = lexicon.NewSet(w.openers...)
	return w
}

// value is the numbers that a row has for a value.
func value(r lexicon.Row) []float64 {
	var out []float64
	for s := range strings.FieldsSeq(r.Value) {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			panic(fmt.Sprintf("number: %q of %s is no number", r.Value, r.Class))
		}
		out = append(out, v)
	}
	return out
}

// Starts says whether a number may begin with this word.
func Starts(low string) bool { return english.starts.Has(low) }

// Openers are the words that a number may begin with.
func Openers() []string { return english.openers }

// Scale is the factor of a scale word ("million": 1e6), 0 for other words.
func Scale(low string) float64 {
	if d := english.spoken.Of(low); d.class == scale || d.class == hundred {
		return d.val
	}
	return 0
}
