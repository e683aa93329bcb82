package figure

import (
	"embed"
	"maps"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when/number"
)

//go:embed patterns/*.txt
var patterns embed.FS

// rules are the patterns of figures, a file of patterns each.
var rules struct {
	none, read, thing, age, asof, scale, ratio *grammar.Rules[*finder]
}

func init() { // not a declaration: what patterns ask for asks patterns in its turn
	v := &grammar.Vocabulary[*finder]{Classes: classes(), Predicates: ofAtoms(), Readers: readers()}
	maps.Copy(v.Predicates, ofReading())
	for name, r := range files() {
		*r = grammar.Must(patterns, "patterns/"+name+".txt", v)
	}
}

// files are the places of the rules by the names of their files.
func files() map[string]**grammar.Rules[*finder] {
	return map[string]**grammar.Rules[*finder]{"none": &rules.none, "read": &rules.read, "thing": &rules.thing, "age": &rules.age, "asof": &rules.asof, "scale": &rules.scale, "ratio": &rules.ratio}
}

// Text is the text scanned.
func (f *finder) Text() *number.Text { return f.t }

// Token is the part of speech, lemma and relation to the head of the token that holds atom i.
func (f *finder) Token(i int) (tag, lemma, relation string) {
	if f.token == nil || i < 0 || i >= len(f.token) {
		return "", "", ""
	}
	k := f.token[i]
	tag = f.l.Tags[k]
	if f.parsed() {
		lemma, relation = f.l.Lemmas[k], f.l.Rels[k]
	}
	return tag, lemma, relation
}

// ofAtoms are the predicates of atoms that patterns ask for.
func ofAtoms() map[string]func(*finder, int) bool {
	return map[string]func(*finder, int) bool{
		"opens": (*finder).opens, "comparing": (*finder).comparing, "measured": (*finder).measured, "counted": (*finder).counts,
		"closes": (*finder).closes, "suffix": (*finder).suffix,
		"dated":  func(f *finder, i int) bool { return i >= 0 && i < len(f.skip) && f.skip[i] > 0 },
		"plural": func(f *finder, i int) bool { return plural(f.t.Low(i)) },
		"named":  func(f *finder, i int) bool { return f.t.At(i).Cap || f.capitalInside(i) },
		// Of two numbers with an atom between.
		"before-larger": func(f *finder, i int) bool { return f.t.At(i).Val < f.t.At(i+2).Val },
		"no-fraction":   func(f *finder, i int) bool { return f.t.At(i).Val <= f.t.At(i-2).Val },
	}
}

// ofReading are the predicates of the quantity that is read.
func ofReading() map[string]func(*finder, int) bool {
	return map[string]func(*finder, int) bool{
		"part":     func(f *finder, _ int) bool { return f.reading.part() },
		"count":    func(f *finder, _ int) bool { q := &f.reading; return q.unit == "" && !q.part() && !q.vague && !q.zero },
		"unit":     func(f *finder, _ int) bool { return f.reading.unit != "" && !f.reading.part() },
		"money":    func(f *finder, _ int) bool { return f.reading.money },
		"open":     func(f *finder, _ int) bool { return f.reading.zero || f.reading.vague },
		"plain":    func(f *finder, _ int) bool { return f.reading.plain },
		"adult":    func(f *finder, _ int) bool { return f.reading.plain && f.reading.low > 15 },
		"together": func(f *finder, _ int) bool { return f.agesTogether(f.reading, f.readingEnd) },
		"numeral":  func(f *finder, i int) bool { return number.Starts(f.t.Low(i)) },
	}
}

// readers are what patterns may take besides atoms.
func readers() map[string]func(*finder, int) int {
	return map[string]func(*finder, int) int{
		"tail": (*finder).tail, "determiners": (*finder).determiners,
		"figure": func(f *finder, _ int) int { return f.readingEnd },
		"joined": func(f *finder, j int) int {
			if f.t.Low(j) == "-" && f.t.Tight(j) && f.t.Tight(j+1) {
				return f.tail(j)
			}
			return j
		},
		// The quantity that was read last, if it is such a one.
		"bare digits": lastRead(func(q *quantity) bool { return q.unit == "" && !q.ranged && q.plain }),
		"unit-less":   lastRead(func(q *quantity) bool { return q.unit == "" && (q.plain || q.words) }),
		"house":       lastRead(func(q *quantity) bool { return q.unit == "" && (q.plain || q.ranged) && !q.words && q.low < 1e5 }),
		"one time":    lastRead(func(q *quantity) bool { return q.words && q.low == 1 && (q.unit == "day" || q.unit == "time") }),
		"one": lastRead(func(q *quantity) bool {
			return q.words && q.low == 1 && q.sign == 0 && q.unit == "" && q.end == q.first+1
		}),
	}
}

// classes are those of the lexicon, by their names with hyphens, and a few of several.
func classes() map[string]grammar.Class {
	m := grammar.Classes(en.Lexicon, "figure", "unit")
	m["numeral"], m["scale"], m["comparator"] = lexicon.NewSet(number.Openers()...), scaleWords{}, words.before
	return m
}

// lastRead is a reader of the quantity read last, where it is of the kind.
func lastRead(is func(*quantity) bool) func(*finder, int) int {
	return func(f *finder, _ int) int {
		if !is(&f.reading) {
			return -1
		}
		return f.reading.end
	}
}

// scaleWords are the words of scale ("million").
type scaleWords struct{}

func (scaleWords) Has(w string) bool { return number.Scale(w) > 0 }
