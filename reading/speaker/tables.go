package speaker

import (
	"embed"
	"strings"

	"github.com/onrecord/onrecord/text"
)

//go:embed data
var data embed.FS

// A gender is what is known of the sex of a person: bits, so that both are "either".
type gender uint8

const (
	male gender = 1 << iota
	female
	either = male | female
)

// Classes of common nouns (data/nouns.txt), as bits.
const (
	roleNoun     = 1 << iota // names one person: "spokesman"
	unnamedNoun              // in the plural, people of whom the text does not say who they are: "officials"
	groupNoun                // in the plural, people as such: "activists"
	organNoun                // an organisation or a part of one: "ministry"
	documentNoun             // "report"
)

// Sorts of speakers without a name, by the noun (data/nouns.txt), as bits.
const (
	official = 1 << iota // holds an office or speaks for one: "aide"
	informed             // knows of the matter: "insider"
	present              // was there: "bystander"
)

type noun struct {
	class  uint8
	sort   uint8
	gender gender
}

// A title stands before a name.
type title struct {
	gender  gender
	address bool     // "Mr.": a form of address, no role
	heads   []string // the common nouns that its bearer may be called by
}

// Kinds of places in data/states.tsv.
const (
	stateName = iota + 1
	demonym
	capital
	seat
	stateOrgan
)

// A place is what a name has to do with a state.
type place struct {
	kind  int
	state string
}

// A table finds names of one to several words.
type table[V any] struct {
	value map[string]V
	most  map[string]int // words of the longest name that begins with this word
}

func newTable[V any]() table[V] { return table[V]{map[string]V{}, map[string]int{}} }

func (t table[V]) add(name string, v V) {
	words := strings.Fields(name)
	if len(words) == 0 {
		return
	}
	if _, ok := t.value[name]; !ok {
		t.value[name] = v
	}
	t.most[words[0]] = max(t.most[words[0]], len(words))
}

// at is the value of the longest name that begins at token i and ends before end, and its number of tokens; 0 if there is none.
// Fold is applied to each word first.
func (t table[V]) at(d *text.Doc, i, end int, fold func(string) string) (v V, n int) {
	if i >= end {
		return v, 0
	}
	most := t.most[fold(d.Word(i))]
	if most == 0 {
		return v, 0
	}
	var key strings.Builder
	for j := i; j < min(end, i+most); j++ {
		if j > i {
			key.WriteByte(' ')
		}
		key.WriteString(fold(d.Word(j)))
		if found, ok := t.value[key.String()]; ok {
			v, n = found, j-i+1
		}
	}
	return v, n
}

func same(s string) string { return s }

// folded is the word in lower case, without the period of an abbreviation.
func folded(s string) string {
	s = strings.ToLower(s)
	if n := len(s); n > 2 && s[n-1] == '.' && strings.IndexByte(s, '.') == n-1 {
		s = s[:n-1]
	}
	return s
}

var (
	givenNames = map[string]gender{}
	nouns      = map[string]noun{}
	titles     = newTable[title]()
	places     = newTable[place]()
	outlets    = newTable[string]() // to the name they go by
	organs     = newTable[organ]()
)

// Sex is who nearly always bears a given name, in lower case: "man", "woman", or "" for either and for names that no table knows.
func Sex(given string) string {
	switch givenNames[given] {
	case male:
		return "man"
	case female:
		return "woman"
	}
	return ""
}

func init() {
	for class, words := range classes("data/given.txt") {
		g := map[string]gender{"male": male, "female": female, "any": either}[class]
		for _, w := range strings.Fields(words) {
			givenNames[w] |= g
		}
	}
	bits := map[string]uint8{"role": roleNoun, "unnamed": unnamedNoun, "group": groupNoun, "organ": organNoun, "document": documentNoun}
	sorts := map[string]uint8{"official": official, "source": informed, "witness": present}
	for class, words := range classes("data/nouns.txt") {
		for _, w := range strings.Fields(words) {
			w, g := sexed(w)
			n := nouns[w]
			n.class |= bits[class]
			n.sort |= sorts[class]
			n.gender |= g
			nouns[w] = n
		}
	}
	for class, words := range classes("data/titles.txt") {
		entries := strings.Fields(words)
		if class == "phrase" {
			entries = strings.Split(words, "|")
		}
		for _, e := range entries {
			name, heads, _ := strings.Cut(strings.TrimSpace(e), "/")
			name, g := sexed(name)
			t := title{gender: g, address: class == "address"}
			if heads != "" {
				t.heads = strings.Split(heads, ",")
			}
			titles.add(name, t)
		}
	}
	for line := range rows("data/states.tsv") {
		columns := strings.Split(line, "\t")
		state := columns[0]
		places.add(state, place{stateName, state})
		for i, column := range columns[1:] {
			for name := range strings.SplitSeq(column, ",") {
				places.add(strings.TrimSpace(name), place{i + 1, state})
			}
		}
	}
	short := map[string][]string{}
	for _, o := range Organisations() {
		if _, ok := places.value[o.Name]; ok {
			continue
		}
		for _, name := range append([]string{o.Name}, o.Names...) {
			organs.add(cut.Replace(name), organ{name: o.Name})
		}
		for _, name := range o.Short {
			short[name] = append(short[name], o.Name)
		}
	}
	for name, of := range short {
		organs.add(name, organ{short: of})
	}
	for line := range rows("data/outlets.txt") {
		names := strings.Split(line, ",")
		for _, name := range names {
			outlets.add(strings.TrimSpace(name), names[0])
		}
	}
}

// sexed cuts the mark of the sex from an entry: "queen:f".
func sexed(entry string) (string, gender) {
	word, mark, _ := strings.Cut(entry, ":")
	return word, map[string]gender{"m": male, "f": female}[mark]
}

// rows are the lines of a data file that are no comments, without white space at the end.
func rows(file string) func(yield func(string) bool) {
	b, err := data.ReadFile(file)
	if err != nil {
		panic(err) // embedded: the build is wrong
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimRight(line, "\r\n"); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// classes are the lines "class: words" of a data file.
func classes(file string) func(yield func(class, words string) bool) {
	return func(yield func(class, words string) bool) {
		for line := range rows(file) {
			if class, words, ok := strings.Cut(line, ":"); ok && !yield(class, strings.TrimSpace(words)) {
				return
			}
		}
	}
}

// Voice says whether a common noun in lower case, singular or plural, names somebody who may speak or be spoken to.
func Voice(noun string) bool { return nouns[singular(organWord(noun))].class&^documentNoun != 0 }
