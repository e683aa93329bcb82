package speaker

import (
	"slices"
	"strings"

	"github.com/onrecord/onrecord/lexicon"
	"github.com/onrecord/onrecord/lexicon/en"
	"github.com/onrecord/onrecord/text"
)

// A gender is what is known of the sex of a person: bits, so that both are "either".
type gender uint8

const (
	male gender = 1 << iota
	female
	either = male | female
)

// genderOf is the gender by the lexicon's word for it.
func genderOf(sex string) gender {
	switch sex {
	case "man":
		return male
	case "woman":
		return female
	case "any":
		return either
	}
	return 0
}

// Classes of common nouns, as bits in the order of [resolve].
const (
	roleNoun     = 1 << iota // names one person: "spokesman"
	unnamedNoun              // in the plural, people of whom the text does not say who they are: "officials"
	groupNoun                // in the plural, people as such: "activists"
	organNoun                // an organisation or a part of one: "ministry"
	documentNoun             // "report"
)

// Sorts of speakers without a name, by the noun, as bits in the order of [resolve].
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
	learned bool     // "Dr.": goes with any role
	heads   []string // the common nouns that its bearer may be called by
}

// Kinds of places: what a name has to do with a state.
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

// form is the form of a name that is such a place.
func (p place) form() form {
	switch p.kind {
	case stateName:
		return stateForm
	case demonym:
		return peopleOf
	case stateOrgan:
		return organName
	}
	return metonym
}

// An antecedent is whom a pronoun may stand for.
type antecedent struct {
	gender gender
	plural bool
}

// A pressNoun is a noun for news media.
type pressNoun struct {
	words []string
	names bool // the name of one may stand behind it
}

// lex is what the words of the language mean to this room.
var lex = resolve(en.Lexicon)

// words are classes of the lexicon; what they are is told there.
type words struct {
	given      *lexicon.Table[gender] // names
	shortForms *lexicon.Table[string] // to the full name
	nouns      *lexicon.Table[noun]
	plural     *lexicon.Table[string] // to the singular
	alike      *lexicon.Table[[]string]
	party      *lexicon.Table[string] // to the mark before a state
	members    *lexicon.Set
	relative   *lexicon.Table[gender]
	titles     table[title]
	letterings table[title] // such as stand before a name in capitals only: "MP"
	places     table[place]
	elsewhere  *lexicon.Set
	outlets    table[string] // to the name they go by
	organs     table[organ]

	// around a name
	particles, between, notNames, familiesToo, letters, suffixes, ships, armed, things, tails *lexicon.Set
	givenParticles, months, weekdays, dating                                                  *lexicon.Set
	callings                                                                                  []string // ends of words for what somebody does
	// in the name of an organ, a document or an outlet
	ofOrgans, corporate, shared, paper *lexicon.Set
	fullForm, inFull                   *lexicon.Table[string]
	mastheads, ofPlaces, qualifiers    *lexicon.Set
	press                              []pressNoun
	pressEndings                       []string
	// in a phrase for somebody
	definites, indefinites, enders, quantities, nobody, others, portfolios, nows, clauses *lexicon.Set
	knowing, seeing, speaking, generic, elected, ofStates, towns, joining, naming         *lexicon.Set
	located, quoting, day, attaching, questioned, pleaded, ofCourt                        *lexicon.Set
	pronouns                                                                              *lexicon.Table[antecedent]
}

func resolve(l *lexicon.Lexicon) words {
	given, name, outlet, phrase, calendar := l.Subject("given"), l.Subject("name"), l.Subject("outlet"), l.Subject("phrase"), l.Subject("calendar")
	w := words{
		shortForms: given.Values("short"),
		nouns:      nounsOf(l.Subject("noun"), l.Subject("kinship")),
		plural:     l.Subject("noun").Values("plural"),
		party:      l.Subject("noun").Values("party"),
		members:    l.Subject("noun").Set("members"),
		relative:   lexicon.NewTable(lexicon.Map(l.Subject("kinship").Rows("relative"), func(r lexicon.Row) gender { return genderOf(r.Value) })),
		titles:     titlesOf(l.Subject("title"), "address", "address of a man", "address of a woman", "title", "learned title", "title of a man", "title of a woman"),
		letterings: titlesOf(l.Subject("title"), "title in capitals"),
		places:     placesOf(l.Subject("state")),
		elsewhere:  l.Subject("state").Set("elsewhere"),
		outlets:    newTable[string](),

		particles:   name.Set("particle"),
		between:     name.Set("between"),
		notNames:    lexicon.NewSet(append(name.List("no name"), calendar.List("month", "short month", "shy month", "weekday", "shy weekday", "day", "coming day")...)...),
		familiesToo: name.Set("family too"),
		letters:     name.Set("letters"),
		suffixes:    name.Set("suffix"),
		ships:       name.Set("ship"),
		armed:       name.Set("armed"),
		things:      name.Set("thing"),
		tails:       name.Set("tail"),

		givenParticles: name.Set("given particle"),
		months:         calendar.Set("month", "short month", "shy month"),
		weekdays:       calendar.Set("weekday", "shy weekday"),
		dating:         name.Set("dating"),
		callings:       l.Subject("ending").List("of somebody"),

		ofOrgans:     name.Set("of organ"),
		corporate:    name.Set("corporate"),
		shared:       name.Set("shared"),
		paper:        name.Set("paper"),
		fullForm:     name.Values("full form"),
		inFull:       name.Values("in full"),
		mastheads:    outlet.Set("masthead"),
		ofPlaces:     outlet.Set("of place"),
		qualifiers:   outlet.Set("qualifier"),
		pressEndings: outlet.List("ending"),

		definites:   phrase.Set("definite"),
		indefinites: phrase.Set("indefinite"),
		enders:      phrase.Set("ender"),
		quantities:  phrase.Set("quantity"),
		nobody:      phrase.Set("nobody"),
		others:      phrase.Set("other"),
		portfolios:  phrase.Set("portfolio"),
		nows:        phrase.Set("now"),
		clauses:     l.Subject("grammar").Set("relative"),
		knowing:     phrase.Set("knowing"),
		seeing:      phrase.Set("seeing"),
		speaking:    phrase.Set("speaking"),
		generic:     phrase.Set("generic"),
		elected:     phrase.Set("taken up"),
		ofStates:    phrase.Set("of state"),
		towns:       phrase.Set("town"),
		joining:     phrase.Set("joining"),
		naming:      phrase.Set("naming"),
		located:     phrase.Set("located"),
		quoting:     phrase.Set("quoting"),
		attaching:   phrase.Set("attaching"),
		questioned:  phrase.Set("questioned"),
		pleaded:     phrase.Set("pleaded"),
		ofCourt:     l.Subject("noun").Set("of court"),
		day:         calendar.Set("weekday", "day", "coming day"),
		pronouns: lexicon.NewTable(lexicon.Map(phrase.Rows("pronoun"), func(r lexicon.Row) antecedent {
			return antecedent{genderOf(r.Value), r.Value == "many"}
		})),
	}
	w.organs = organsOf(l, w.places)
	sexes := map[string]gender{}
	for r := range given.Rows("man", "woman", "any") {
		for _, name := range r.Entries {
			sexes[name] |= genderOf(r.Class)
		}
	}
	w.given = lexicon.NewTable(sexes)
	alike := map[string][]string{}
	for r := range l.Subject("noun").Rows("alike") {
		alike[r.Value] = r.Entries
	}
	w.alike = lexicon.NewTable(alike)
	for r := range outlet.Rows("outlet") {
		for _, name := range r.Entries {
			w.outlets.add(name, r.Value)
		}
	}
	for r := range outlet.Rows("press") {
		for _, phrase := range r.Entries {
			w.press = append(w.press, pressNoun{strings.Fields(phrase), r.Value == "names"})
		}
	}
	return w
}

func nounsOf(s, kin *lexicon.Subject) *lexicon.Table[noun] {
	m := map[string]noun{}
	for i, class := range []string{"role", "unnamed", "group", "organ", "document"} {
		for _, w := range s.List(class) {
			n := m[w]
			n.class |= 1 << i
			m[w] = n
		}
	}
	for i, class := range []string{"official", "source", "witness"} {
		for _, w := range s.List(class) {
			n := m[w]
			n.sort |= 1 << i
			m[w] = n
		}
	}
	for _, sex := range []string{"man", "woman"} {
		for _, w := range s.List(sex) {
			n := m[w]
			n.gender |= genderOf(sex)
			m[w] = n
		}
	}
	for r := range kin.Rows("relative") {
		for _, w := range r.Entries {
			n := m[w]
			n.gender |= genderOf(r.Value)
			m[w] = n
		}
	}
	return lexicon.NewTable(m)
}

func titlesOf(s *lexicon.Subject, classes ...string) table[title] {
	t := newTable[title]()
	for r := range s.Rows(classes...) {
		kind, sex, _ := strings.Cut(r.Class, " of a ")
		of := title{gender: genderOf(sex), address: kind == "address", learned: kind == "learned title"}
		if r.Value != "" {
			of.heads = strings.Split(r.Value, ", ")
		}
		for _, name := range r.Entries {
			t.add(name, of)
		}
	}
	return t
}

func placesOf(s *lexicon.Subject) table[place] {
	t := newTable[place]()
	kinds := []string{"state", "of state", "capital", "seat", "organ"}
	for r := range s.Rows(kinds...) {
		for _, name := range r.Entries {
			t.add(name, place{slices.Index(kinds, r.Class) + 1, r.Value})
		}
	}
	return t
}

// organsOf is the table of organisations by all their names, those apart that a state's organs bear.
func organsOf(l *lexicon.Lexicon, places table[place]) table[organ] {
	t := newTable[organ]()
	short := map[string][]string{}
	for _, o := range organisationsOf(l) {
		if _, ok := places.value[o.Name]; ok {
			continue
		}
		for _, name := range append([]string{o.Name}, o.Names...) {
			t.add(cut.Replace(name), organ{name: o.Name})
		}
		for _, name := range o.Short {
			short[name] = append(short[name], o.Name)
		}
	}
	for name, of := range short {
		t.add(name, organ{short: of})
	}
	return t
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

// related says whether a noun in lower case says who somebody is to somebody: "cousin".
func related(w string) bool {
	_, ok := lex.relative.Find(w)
	return ok
}

// calling is the noun that a word in lower case is for one person by what he or she does or is: itself, what stands before "-of-" in it
// ("father-of-two"), or, of one that the lexicon does not have, its end ("seismologist"); "" for none.
func calling(w string) string {
	w = folded(w)
	if n := lex.nouns.Of(w); n.class != 0 {
		if n.class&roleNoun != 0 {
			return w
		}
		return ""
	}
	if head, _, ok := strings.Cut(w, "-of-"); ok {
		if lex.nouns.Of(head).gender != 0 || lex.nouns.Of(head).class&roleNoun != 0 {
			return head
		}
		return ""
	}
	for _, end := range lex.callings {
		if len(w) > len(end)+1 && strings.HasSuffix(w, end) {
			return w
		}
	}
	return ""
}

// folded is the word in lower case, without the period of an abbreviation.
func folded(s string) string {
	s = strings.ToLower(s)
	if n := len(s); n > 2 && s[n-1] == '.' && strings.IndexByte(s, '.') == n-1 {
		s = s[:n-1]
	}
	return s
}

// Sex is who nearly always bears a given name, in lower case: "man", "woman", or "" for either and for names that no table knows.
func Sex(given string) string {
	switch lex.given.Of(given) {
	case male:
		return "man"
	case female:
		return "woman"
	}
	return ""
}

// Voice says whether a common noun in lower case, singular or plural, names somebody who may speak or be spoken to.
func Voice(noun string) bool {
	return lex.nouns.Of(singular(organWord(noun))).class&^documentNoun != 0
}

// GivenParticle says whether the words of a name begin with a particle that is the given name there: "Al Groy", not "al Rashid".
func GivenParticle(words []string) bool {
	w := strings.ToLower(words[0])
	return len(words) > 1 && lex.givenParticles.Has(w) && words[0] != w
}

// SexOfAddress is the sex that a form of address or a title before a name tells: "man", "woman", or "".
func SexOfAddress(word string) string {
	switch lex.titles.value[folded(word)].gender {
	case male:
		return "man"
	case female:
		return "woman"
	}
	return ""
}
