package speaker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// Forms of names.
type form uint8

const (
	unknownName form = iota
	personName
	organName
	outletName
	stateForm // a state by one of its names
	metonym   // its capital or seat of power
	peopleOf  // "Russian", "Russians"
)

// A name is one mention of a proper name. Tokens are the name itself; Whole begins with the title or role before it.
type name struct {
	tokens, whole text.Range
	form          form
	words         []string // of a person: given to family name, without "Jr."; of others: as written
	state         string   // that it belongs to or is
	title         *title
	suffix        string // of a person: "Jr."
	paired        bool   // its family name stands behind another one's: "Paul and Ada Holm"
	unsure        bool   // which of several bearers it means
	role          string // before the name: "Foreign Minister", "State Department spokesman"
	gender        gender
	known         string // the organisation of the table that it names
}

// A reader finds names and reads sources in one document.
type reader struct {
	l *english.Layer
	d *text.Doc
	// low is the tokens folded, as far as they were asked for.
	low []string
	// kinds is the kind of the name that the model sees at a token, "" for none.
	kinds []string
	// family are family names of the article that are nouns for a role too.
	family map[string]bool
	// ofFamily are the family names of the article that begin with a particle: "van Holt", without the given name.
	ofFamily map[string]bool
	// inside are the words with a capital inside sentences; see firstWord.
	inside map[string]bool
	// own are the places that the document shows to be some: "Marvenia", beside "Marvenian".
	own map[string]place
	// full are the organisations of the table that the document names otherwise than by a short form.
	full map[string]bool
}

func newReader(l *english.Layer) *reader {
	r := &reader{l: l, d: l.Doc, kinds: make([]string, len(l.Doc.Tokens)), low: make([]string, len(l.Doc.Tokens)), own: map[string]place{}, family: map[string]bool{}, ofFamily: map[string]bool{}}
	votes := map[string]map[string]int{} // the kinds that the model gives to the same words all over the article
	for _, n := range l.Names {
		words := l.Doc.Span(n.Range).Of(l.Doc.Text)
		if votes[words] == nil {
			votes[words] = map[string]int{}
		}
		votes[words][n.Kind]++
	}
	for _, n := range l.Names {
		kind, most := n.Kind, 0
		for _, k := range []string{english.Person, english.Organisation, english.Location, english.Misc} {
			if v := votes[l.Doc.Span(n.Range).Of(l.Doc.Text)][k]; v > most {
				kind, most = k, v
			}
		}
		for i := max(0, n.First); i < min(n.End, len(r.kinds)); i++ {
			r.kinds[i] = kind
		}
	}
	r.ownPlaces()
	r.full = r.inFull()
	return r
}

// ownPlaces finds the states that the tables do not know: by their adjectives, a name in -a that stands with -an in the text too,
// and by what they have ("Marvenia's coast guard").
func (r *reader) ownPlaces() {
	seen := map[string]bool{}
	for i := range r.d.Tokens {
		if r.d.Tokens[i].Shape != text.Title {
			continue
		}
		w := r.word(i)
		seen[w] = true
		if r.possessed(i+1) && lex.ofStates.Has(r.word(i+2)) && !r.upper(i-1) && lex.given.Of(strings.ToLower(w)) == 0 && lex.places.most[w] == 0 && !lex.notNames.Has(r.lower(i)) {
			r.own[w] = place{stateName, w}
		}
	}
	for w := range seen {
		if of := w + "n"; len(w) > 4 && strings.HasSuffix(w, "a") && seen[of] && lex.given.Of(strings.ToLower(w)) == 0 && lex.given.Of(strings.ToLower(of)) == 0 && lex.places.most[w] == 0 {
			r.own[w], r.own[of], r.own[of+"s"] = place{stateName, w}, place{demonym, w}, place{demonym, w}
		}
	}
}

// place is the place that the longest name from token i on, ending before end, has to do with, and its number of tokens.
func (r *reader) place(i, end int) (place, int) {
	if p, n := lex.places.at(r.d, i, end, same); n > 0 {
		return p, n
	}
	if i < end {
		if p, ok := r.own[r.word(i)]; ok {
			return p, 1
		}
	}
	return place{}, 0
}

// placeNamed is the place with the name of these words.
func (r *reader) placeNamed(words []string) (place, bool) {
	p, ok := lex.places.value[strings.Join(words, " ")]
	if !ok && len(words) == 1 {
		p, ok = r.own[words[0]]
	}
	return p, ok
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.d.Tokens) {
		return ""
	}
	return r.d.Word(i)
}

// lower is token i folded.
func (r *reader) lower(i int) string {
	if i < 0 || i >= len(r.low) {
		return ""
	}
	if r.low[i] == "" {
		r.low[i] = folded(r.d.Word(i))
	}
	return r.low[i]
}

func (r *reader) tag(i int) string {
	if i < 0 || i >= len(r.l.Tags) {
		return ""
	}
	return r.l.Tags[i]
}

// upper says whether token i is a word that begins with a capital, behind the Arabic article if there is one.
func (r *reader) upper(i int) bool {
	w := r.word(i)
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c) || article(w)
}

// names returns the names of the document, in text order, not overlapping.
func (r *reader) names() []name {
	var out []name
	r.families()
	r.otherWords()
	for i := 0; i < len(r.d.Tokens); {
		if organ, n := r.known(i); n > 0 && !r.upper(i) { // "al Qaeda"
			out = append(out, r.knownName(i, n, organ))
			i += n
			continue
		}
		if !r.upper(i) || lex.notNames.Has(r.lower(i)) && !r.startsTable(i) && r.kinds[i] != english.Person || r.onlyFirst(i) {
			i++
			continue
		}
		end := r.run(i)
		for i < end { // a run may hold two names; a name may reach behind it ("Russia's Defence Ministry")
			n, next := r.nameAt(i, end)
			if n.form != unknownName || n.tokens.End > n.tokens.First {
				out = append(out, n)
			}
			i = max(next, i+1)
		}
	}
	return r.nicknamed(out)
}

// families notes the family names of the article that are nouns too: the Brewer of "Jan Brewer", the Banks of "Cliff Banks".
func (r *reader) families() {
	for _, n := range r.l.Names {
		if n.End > n.First+1 && n.Kind == english.Person && n.First >= 0 && n.End <= len(r.d.Tokens) && r.upper(n.End-1) &&
			(lex.familiesToo.Has(r.lower(n.End-1)) || r.given(n.First) && r.d.Tokens[n.End-1].Shape == text.Title) {
			r.family[r.word(n.End-1)] = true
		}
	}
}

// longestNickname is the most words that stand in quotation marks inside a name.
const longestNickname = 4

// nicknamed joins the parts of names with a nickname in quotation marks between them: Salvatore “Sal” Bruno.
func (r *reader) nicknamed(names []name) []name {
	out := names[:0]
	for i := 0; i < len(names); i++ {
		n := names[i]
		open := n.tokens.End
		if len(n.words) == 0 || len(n.words) > 2 || n.form != personName && n.form != unknownName && n.form != organName || r.d.Tokens[min(open, len(r.d.Tokens)-1)].Shape != text.Open || r.breaks(open-1, open) {
			out = append(out, n)
			continue
		}
		closed := open + 1
		for closed <= open+longestNickname && r.word(closed) != "" && r.d.Tokens[closed].Shape < text.Open {
			closed++
		}
		j := i + 1
		for j < len(names) && names[j].tokens.First <= closed {
			j++
		}
		if closed == open+1 || r.word(closed) == "" || r.d.Tokens[closed].Shape != text.Close || j == len(names) || names[j].tokens.First != closed+1 || !r.upper(open+1) ||
			names[j].form != personName && names[j].form != unknownName && names[j].form != organName || len(names[j].words) > 2 || r.d.Tokens[closed-1].Shape >= text.Punct {
			out = append(out, n)
			continue
		}
		n.form = personName
		n.words = append(slices.Clone(n.words), names[j].words...)
		n.tokens.End, n.whole.End = names[j].tokens.End, names[j].tokens.End
		if n.gender == 0 && lex.given.Of(folded(n.words[0])) != either {
			n.gender = lex.given.Of(folded(n.words[0]))
		}
		out = append(out, n)
		i = j
	}
	return out
}

// onlyFirst says whether token i has its capital only because it begins a sentence: no name, by its tag.
func (r *reader) onlyFirst(i int) bool {
	t := r.tag(i)
	return t != "" && !strings.HasPrefix(t, "NNP") && r.kinds[i] == "" && !r.family[r.word(i)] && !r.upper(i+1) && (i == 0 || r.breaks(i-1, i) || r.d.Tokens[i-1].Shape >= text.Open) &&
		!r.startsTable(i) && lex.places.most[r.word(i)] == 0
}

// startsTable says whether a name known by its whole form begins at token i ("The Hague", "The Hill").
func (r *reader) startsTable(i int) bool {
	_, p := r.place(i, len(r.d.Tokens))
	_, o := lex.outlets.at(r.d, i, len(r.d.Tokens), same)
	_, k := r.known(i)
	return p > 1 || o > 1 || k > 0
}

// knownName is the name of an organisation of the table.
func (r *reader) knownName(i, n int, organ string) name {
	t := text.Range{First: i, End: i + n}
	return name{tokens: t, whole: t, form: organName, words: r.words(t), known: organ}
}

// run is the end of the run of capitals that begins at token i.
func (r *reader) run(i int) int {
	const longest = 14
	organ := false // a head that takes "of" was seen: "Department of", "Secretary of"
	j := i
	for j < len(r.d.Tokens) && j < i+longest {
		w := r.lower(j)
		switch {
		case j > i && r.breaks(j-1, j):
		case r.upper(j) && (!lex.notNames.Has(w) || j == i || r.kinds[j] == english.Person):
			n := lex.nouns.Of(w)
			organ = organ || n.class&organNoun != 0 || w == "secretary" || w == "chief" || w == "chamber" || w == "house" || w == "bank" || w == "speaker" || w == "director"
			j++
			continue
		case j > i && r.inFamily(j):
			j++
			continue
		case lex.between.Has(w) && organ && j > i:
			k := j + 1
			for lex.between.Has(r.lower(k)) && k < j+2 {
				k++
			}
			if r.upper(k) && !lex.notNames.Has(r.lower(k)) && (w != "and" && w != "&" || r.inName(j, k) || lex.portfolios.Has(r.lower(k)) && lex.portfolios.Has(r.lower(j-1))) && !r.breaks(j, k) {
				j = k
				continue
			}
		case j > i && r.joins(i, j):
			j++
			continue
		}
		break
	}
	return max(j, i+1)
}

// inFamily says whether token j is a particle, or one of two, before a family name: "de la Cruz".
func (r *reader) inFamily(j int) bool {
	w := r.lower(j)
	return lex.particles.Has(w) && !lex.between.Has(w) && (r.upper(j+1) || lex.particles.Has(r.lower(j+1)) && r.upper(j+2))
}

// joins says whether "and" at token j stands inside an organ's name that begins at token i: "the Ports and Harbors Department",
// "Marsh & Holm". The words before it are then nothing by themselves, and an organ's noun or an office ends what follows.
func (r *reader) joins(i, j int) bool {
	w := r.lower(j)
	if w != "and" && w != "&" || !r.upper(j+1) || lex.notNames.Has(r.lower(j+1)) || r.breaks(i, j+1) || r.kinds[i] == english.Person || r.d.Tokens[j-1].Shape == text.Upper {
		return false
	}
	if w == "&" {
		return true
	}
	if lex.nouns.Of(organWord(r.lower(j-1))).class&(organNoun|roleNoun) != 0 || r.given(i) {
		return false
	}
	if p, n := r.place(i, j); n == j-i && p.kind != 0 {
		return false
	}
	if _, n := lex.outlets.at(r.d, i, j, same); n == j-i {
		return false
	}
	const longest = 6
	within := r.kinds[i] == english.Organisation && r.kinds[j] == english.Organisation && r.kinds[j+1] == english.Organisation
	for k := j + 1; k < min(len(r.d.Tokens), j+longest) && r.upper(k) && !r.breaks(j, k); k++ {
		n := lex.nouns.Of(organWord(r.lower(k)))
		if k > j+1 && n.class&organNoun != 0 && n.class&roleNoun == 0 && (within || r.lower(i-1) == "the" || r.lower(i-1) == "states") {
			return true
		}
		if within && k > j+1 && n.class&roleNoun != 0 {
			return true
		}
	}
	return r.lower(i-1) == "of" && within
}

// inName says whether "and" between j and k joins parts of one name, by the model or by the "of" before it.
func (r *reader) inName(j, k int) bool {
	return r.kinds[j] != "" && r.kinds[k] == r.kinds[j] && r.kinds[j] != english.Person
}

// breaks says whether a sentence or paragraph ends between the tokens.
func (r *reader) breaks(j, k int) bool { return r.d.SentenceAt(j) != r.d.SentenceAt(k) }

// A capitalRun is a run of words with capitals in which names are looked for, with what the tables say of its beginning: of the longest
// name there what it means, and its number of tokens.
type capitalRun struct {
	*reader
	text.Range
	kind    string // that the model gives to its first token
	place   place
	places  int
	known   string // organisation of the table
	knowns  int
	outlets int
}

// nameAt reads the name that begins the run [i, end), and where to go on.
func (r *reader) nameAt(i, end int) (name, int) {
	u := capitalRun{reader: r, Range: text.Range{First: i, End: end}, kind: r.kinds[i]}
	u.place, u.places = r.place(i, end)
	u.known, u.knowns = r.known(i)
	_, u.outlets = lex.outlets.at(r.d, i, end, same)
	for _, read := range [...]func(*capitalRun) (name, int){
		(*capitalRun).withLetters, (*capitalRun).behindOffice, (*capitalRun).wholePlace, (*capitalRun).wholeOrgan, (*capitalRun).wholeOutlet, (*capitalRun).organByWords, (*capitalRun).titledPerson,
		(*capitalRun).placeFirst, (*capitalRun).tableFirst, (*capitalRun).lettered, (*capitalRun).kinsman,
		(*capitalRun).nobody, (*capitalRun).markedOrgan, (*capitalRun).collective, (*capitalRun).personByForm, (*capitalRun).organByForm,
	} {
		if n, next := read(&u); next > 0 {
			return n, next
		}
	}
	return u.as(unknownName, u.size()), end
}

// size is the number of tokens of the run.
func (u *capitalRun) size() int { return u.End - u.First }

// as is the first n tokens of the run as a name of that form.
func (u *capitalRun) as(f form, n int) name {
	t := text.Range{First: u.First, End: u.First + n}
	return name{tokens: t, whole: t, form: f, words: u.words(t)}
}

// asPlace is the place at the beginning of the run as a name.
func (u *capitalRun) asPlace() name {
	n := u.as(u.place.form(), u.places)
	n.state = u.place.state
	return n
}

// none is no name, where the run or what is left of it is none.
func (u *capitalRun) none() (name, int) { return u.as(unknownName, 0), u.End }

// withLetters is an organisation that takes the whole run, with what it is called for short in brackets behind: "United Nations Seed
// Programme (UNSEED)".
func (u *capitalRun) withLetters() (name, int) {
	if u.size() < 3 || u.word(u.End) != "(" || u.word(u.End+2) != ")" || u.d.Tokens[u.End+1].Shape != text.Upper || lex.letters.Has(u.word(u.End+1)) || u.kind == english.Person {
		return name{}, 0
	}
	whole, short := strings.ToLower(strings.Join(u.words(u.Range), "")), u.lower(u.End+1)
	if len(short) < 3 || whole[0] != short[0] {
		return name{}, 0
	}
	for i := range len(short) { // its letters stand in the name, in order
		at := strings.IndexByte(whole, short[i])
		if at < 0 {
			return name{}, 0
		}
		whole = whole[at+1:]
	}
	n := u.as(organName, u.size())
	n.state = u.place.state
	return n, u.End
}

// behindOffice is what an office is of or for, where the name of who holds it stands behind: "MP for Corley Ada Holm".
func (u *capitalRun) behindOffice() (name, int) {
	if u.size() < 3 || !u.officeOf(u.First) {
		return name{}, 0
	}
	k := u.personIn(u.First, u.End)
	if _, titles := u.titleAt(u.First, u.End); k == u.End || titles > 0 || u.roleIn(u.First) != "" { // "a spokesman for Speaker Ada Holm"
		return name{}, 0
	}
	for j := k; j < u.End; j++ {
		u.kinds[j] = english.Person
	}
	of := capitalRun{reader: u.reader, Range: text.Range{First: u.First, End: k}, kind: u.kind}
	if of.place, of.places = u.reader.place(u.First, k); of.places == of.size() {
		return of.asPlace(), k
	}
	if of.organ(of.First, k) {
		return of.as(organName, of.size()), k
	}
	return of.as(unknownName, of.size()), k
}

// wholePlace is a place that takes the whole run, or the organ of the state that it is: "Russia's Defence Ministry".
func (u *capitalRun) wholePlace() (name, int) {
	if u.places != u.size() {
		return name{}, 0
	}
	if u.possessed(u.End) {
		if o, next := u.organOf(u.First, u.End, u.place.state); next > 0 {
			return o, next
		}
	}
	return u.asPlace(), u.End
}

// wholeOrgan is an organisation of the table that takes the whole run or more.
func (u *capitalRun) wholeOrgan() (name, int) {
	if u.knowns < u.size() {
		return name{}, 0
	}
	return u.knownName(u.First, u.knowns, u.known), u.First + u.knowns
}

// wholeOutlet is an outlet of the table, or one by the last word of its name.
func (u *capitalRun) wholeOutlet() (name, int) {
	last := u.word(u.End - 1)
	if u.outlets == u.size() || u.size() > 1 && !u.personLike(u.First, u.End) && (lex.mastheads.Has(last) || (u.places > 0 || u.kind == english.Location) && lex.ofPlaces.Has(last)) {
		return u.as(outletName, u.size()), u.End
	}
	return name{}, 0
}

// organByWords is an organ by the last word of its name, or by "of".
func (u *capitalRun) organByWords() (name, int) {
	if !u.organ(u.First, u.End) {
		return name{}, 0
	}
	n := u.as(organName, u.size())
	if u.places > 0 {
		n.state = u.place.state
	} else if q, nq := u.placeIn(u.First, u.End); nq > 0 {
		n.state = q.state
	}
	return n, u.End
}

// titledPerson is a title or role with a person's name behind it; a role alone is no name.
func (u *capitalRun) titledPerson() (name, int) {
	at, t, g := u.titled(u.First, u.End)
	if at == u.First {
		return name{}, 0
	}
	if _, letters := lex.letterings.value[u.word(at)]; at >= u.End || at == u.End-1 && letters { // "Conservative MP"
		return name{tokens: text.Range{First: u.End, End: u.End}}, u.End
	}
	n := u.person(at, u.End)
	if !t.address || at > u.First+1 {
		n.role = u.d.Span(text.Range{First: u.First, End: at}).Of(u.d.Text)
	}
	n.whole.First = u.First
	n.title = &t
	n.gender |= g
	if q, nq := u.reader.place(u.First, at); nq > 0 {
		n.state = q.state
	}
	return n, n.tokens.End
}

// placeFirst is a place at the beginning of the run, or the organisation that begins with it: "America Rising", "France Telecom".
func (u *capitalRun) placeFirst() (name, int) {
	if u.places == 0 || u.places == u.size() {
		return name{}, 0
	}
	named := u.given(u.First)
	if u.allOrgan(u.First, u.End) || u.place.kind == stateName && u.size() == u.places+1 && !named && u.kind != english.Person && u.firmLike(u.First+u.places) {
		n := u.as(organName, u.size())
		n.state = u.place.state
		return n, u.End
	}
	if named && u.kind == english.Person {
		return name{}, 0
	}
	return u.asPlace(), u.First + u.places
}

// tableFirst is an organisation or an outlet of the tables at the beginning of the run.
func (u *capitalRun) tableFirst() (name, int) {
	switch {
	case u.knowns > 0:
		return u.knownName(u.First, u.knowns, u.known), u.First + u.knowns
	case u.outlets > 1:
		return u.as(outletName, u.outlets), u.First + u.outlets
	}
	return name{}, 0
}

// lettered is a person with letters behind the name: "Desmond Holm QC".
func (u *capitalRun) lettered() (name, int) {
	end := u.End - 1
	if u.size() < 3 || !lex.letters.Has(u.word(end)) || u.kind == english.Location {
		return name{}, 0
	}
	n := u.person(u.First, u.End)
	n.tokens.End, n.whole.End, n.words = end, end, u.named(u.First, end)
	return n, u.End
}

// kinsman is a person by the relation before the name: "his wife, Ada,".
func (u *capitalRun) kinsman() (name, int) {
	sex := u.kin(u.First)
	if sex == 0 || u.kind == english.Organisation || u.kind == english.Location || u.size() > 3 {
		return name{}, 0
	}
	n := u.person(u.First, u.End)
	n.gender = sex
	return n, n.tokens.End
}

// nobody tells runs that are no names.
func (u *capitalRun) nobody() (name, int) {
	switch first := u.First; {
	case u.size() == 1 && u.kind == english.Person && u.county(first): // "of Stevenage, Herts"
	case u.marked():
		return name{}, 0
	case u.size() == 1 && u.abbreviated(first): // "Md.", "QC", "GP"
	case u.kind != english.Person:
		return name{}, 0
	case u.size() > 1 && u.describes(u.End-1) && !u.given(first): // "America's Toughest Sheriff"
	case u.size() == 1 && (u.shouting(first) || first == 0 || u.breaks(first-1, first)) && lex.nouns.Of(u.lower(first)).class != 0 && !lex.familiesToo.Has(u.lower(first)): // "TRIBUNAL TOLD"
	case lex.indefinites.Has(u.lower(first)) || u.lower(first) == "another" || u.lower(first) == "greater":
	default:
		return name{}, 0
	}
	return u.none()
}

// abbreviated says whether token i is an abbreviation that is nobody's name.
func (u *capitalRun) abbreviated(i int) bool {
	w := u.word(i)
	return strings.HasSuffix(w, ".") && len(w) > 2 || lex.letters.Has(w) ||
		u.d.Tokens[i].Shape == text.Upper && lex.nouns.Of(u.lower(i)).class&roleNoun != 0 && u.kind != english.Person && !u.shouting(i)
}

// marked says whether the run is an acronym with periods or the name of a ship.
func (u *capitalRun) marked() bool {
	return u.size() == 1 && u.dotted(u.First) || u.size() > 1 && lex.ships.Has(u.word(u.First))
}

func (u *capitalRun) markedOrgan() (name, int) {
	if !u.marked() {
		return name{}, 0
	}
	return u.as(organName, u.size()), u.End
}

// collective is a name of a document or of those who belong to a party or a house: "House Republicans".
func (u *capitalRun) collective() (name, int) {
	last := u.lower(u.End - 1)
	if u.kind == english.Organisation && (u.party(u.End-1) || u.paper(u.First, u.End)) || u.kind == english.Person && u.party(u.End-1) && singular(last) != last {
		return u.as(unknownName, u.size()), u.End
	}
	return name{}, 0
}

// personByForm is a person by an initial in the name, by the model, by the given name, or by the role before it.
func (u *capitalRun) personByForm() (name, int) {
	if u.kind != english.Organisation && u.kind != english.Location && u.firstWord(u.First, u.End) {
		n := u.person(u.First+1, u.End)
		n.whole.First = u.First
		n.role = u.word(u.First)
		return n, n.tokens.End
	}
	switch {
	case u.initialed(u.First, u.End):
		n := u.person(u.First, u.First+1)
		n.tokens.End, n.whole.End, n.words = u.End, u.End, u.named(u.First, u.End)
		return n, u.End
	case u.kind == english.Person, u.given(u.First) && u.size() > 1 && u.kind != english.Organisation, u.roleBefore(u.First), u.apposed():
		n := u.person(u.First, u.End)
		return n, n.tokens.End
	}
	return name{}, 0
}

// apposed says whether the run, which the model takes for no organisation's name, stands between commas behind what one person is: "Salen's
// mayor, Frida Fine,".
func (u *capitalRun) apposed() bool {
	before := u.lower(u.First - 2)
	n := lex.nouns.Of(before)
	return u.word(u.First-1) == "," && !u.breaks(u.First-2, u.First) && n.class&roleNoun != 0 && n.class&organNoun == 0 && u.kind != english.Organisation && u.size() == 2 && u.word(u.End) == ","
}

// organByForm is an organisation by the model, or an acronym.
func (u *capitalRun) organByForm() (name, int) {
	if u.kind == english.Organisation || u.kind != english.Location && u.acronym(u.First, u.End) {
		return u.as(organName, u.size()), u.End
	}
	return name{}, 0
}

// county says whether token i stands behind a place and a comma: "near Upwell, Norfolk".
func (r *reader) county(i int) bool {
	if r.word(i-1) != "," || !r.upper(i-2) {
		return false
	}
	j := i - 3
	for ; r.upper(j) && i-j < 6; j-- {
		if r.breaks(j-1, j) {
			return false
		}
	}
	w := r.lower(j)
	return (w == "near" || w == "in" || w == "at" || w == "of") && (r.upper(j-1) || r.word(j-1) == "," || w == "near") && lex.nouns.Of(r.lower(j-1)).class&roleNoun == 0
}

// possessed says whether token i is the clitic of the possessive.
func (r *reader) possessed(i int) bool {
	switch r.word(i) {
	case "'s", "’s", "'", "’", "'S", "’S":
		return true
	}
	return false
}

// firmLike says whether token i, the last of a run of capitals and behind the name of a state, is rather a part of a firm's name than
// a name or noun of its own.
func (r *reader) firmLike(i int) bool {
	n, _ := r.place(i, i+1)
	return !r.given(i) && r.d.Tokens[i].Shape == text.Title && (r.tag(i) == "NNP" || r.tag(i) == "VBG") &&
		lex.nouns.Of(singular(organWord(r.lower(i)))).class == 0 && lex.titles.most[r.lower(i)] == 0 && n.kind == 0 && r.upperless(i+1)
}

// upperless says whether token i has no capital and is no possessive: what stands before it has ended.
func (r *reader) upperless(i int) bool { return !r.upper(i) && !r.possessed(i) }

// allOrgan says whether the model sees one organisation's name in all of [i, end).
func (r *reader) allOrgan(i, end int) bool {
	for ; i < end; i++ {
		if r.kinds[i] != english.Organisation {
			return false
		}
	}
	return true
}

// kin is the sex of the relation that stands before token i, which a given name may explain: "her husband Paul", "his wife, Ada".
func (r *reader) kin(i int) gender {
	before := i - 1
	if r.word(before) == "," {
		before--
	}
	if before < 0 || r.breaks(before, i) {
		return 0
	}
	return lex.relative.Of(r.word(before))
}

// dotted says whether token i is an acronym with periods: "U.N.", "N.R.A.". Two letters may be anything, but for these.
func (r *reader) dotted(i int) bool {
	w := r.word(i)
	if w == "U.N." || w == "E.U." {
		return true
	}
	if len(w) < 6 || len(w)%2 != 0 || lex.nouns.Of(strings.ToLower(strings.ReplaceAll(w, ".", ""))).class != 0 {
		return false
	}
	for k := range len(w) {
		if k%2 == 0 && (w[k] < 'A' || w[k] > 'Z') || k%2 == 1 && w[k] != '.' {
			return false
		}
	}
	return true
}

// describes says whether token i, the last of what the model takes for a person's name, is the noun of a role and no family name.
func (r *reader) describes(i int) bool {
	w := r.lower(i)
	return lex.nouns.Of(w).class&roleNoun != 0 && !lex.familiesToo.Has(w)
}

// party says whether token i is the plural of those who belong to a party or a house.
func (r *reader) party(i int) bool {
	return lex.members.Has(r.lower(i))
}

// initialed says whether [i, end) is a person's name by the initial in it: "Vann R. Holm".
func (r *reader) initialed(i, end int) bool {
	if end-i < 3 || end-i > 4 || r.kinds[i] == english.Person || r.d.Tokens[i].Shape != text.Title {
		return false
	}
	w := r.word(i + 1)
	return len(w) == 2 && w[1] == '.' && (end == i+3 || lex.suffixes.Has(r.lower(i+3)))
}

// named is the words of a person's name in [i, end).
func (r *reader) named(i, end int) []string {
	var words []string
	for ; i < end; i++ {
		if !lex.suffixes.Has(r.lower(i)) {
			words = append(words, r.word(i))
		}
	}
	return words
}

// organOf reads "X's Ministry", where X is a state that ends at token end.
func (r *reader) organOf(i, end int, state string) (name, int) {
	if !r.upper(end + 1) {
		return name{}, 0
	}
	stop := r.run(end + 1)
	if !r.organ(end+1, stop) {
		return name{}, 0
	}
	t := text.Range{First: i, End: stop}
	return name{tokens: t, whole: t, form: organName, words: r.words(t), state: state}, stop
}

// placeIn is the first place named in the tokens [i, end).
func (r *reader) placeIn(i, end int) (place, int) {
	for ; i < end; i++ {
		if p, n := r.place(i, end); n > 0 {
			return p, n
		}
	}
	return place{}, 0
}

func (r *reader) words(t text.Range) []string {
	out := make([]string, 0, t.End-t.First)
	for i := t.First; i < t.End; i++ {
		out = append(out, r.word(i))
	}
	return out
}

func (r *reader) given(i int) bool { return lex.given.Of(r.lower(i)) != 0 }

// paper says whether the run is a document's name by its last word: "Amsterdam Treaty".
func (r *reader) paper(i, end int) bool {
	return end-i > 1 && lex.paper.Has(r.lower(end-1))
}

// organ says whether the run is an organisation's name by its words: its last word, or its first before "of", is the noun for one.
func (r *reader) organ(i, end int) bool {
	last := singular(organWord(r.lower(end - 1)))
	if lex.corporate.Has(r.word(end-1)) && end-i > 1 && !r.personLike(i, end) {
		return true
	}
	if lex.nouns.Of(last).class&organNoun != 0 && lex.nouns.Of(last).class&roleNoun == 0 && end-i > 1 {
		return !(end-i == 2 && r.personLike(i, end))
	}
	if w := r.lower(i); (w == "al" || w == "al-") && end-i == 2 && lex.armed.Has(r.lower(end-1)) {
		return true
	}
	for j := i + 1; j < end-1; j++ {
		if w := r.lower(j); (w == "of" || w == "for" || w == "on") && lex.nouns.Of(organWord(r.lower(j-1))).class&organNoun != 0 {
			return true
		}
	}
	return false
}

// personLike says whether the run, whose last word is also an organ's, is rather a person's name: it has a given name before that, and
// the model, a role before or a role behind says so ("Cliff Banks, chairman of").
func (r *reader) personLike(i, end int) bool {
	if !r.given(end-2) || end-i > 2 && calling(r.lower(end-3)) == "" {
		return false
	}
	return r.kinds[end-1] == english.Person || end-i > 2 || r.roleBefore(i) || r.kinds[i] == "" && r.word(end) == "," && calling(r.lower(end+1)) != ""
}

// organWord is the full form of a word in an organ's name.
func organWord(w string) string {
	if full, ok := lex.fullForm.Find(w); ok {
		return full
	}
	return w
}

// acronym says whether the run is one word of capitals, in a line that has small letters too.
func (r *reader) acronym(i, end int) bool {
	w := r.word(i)
	if end-i != 1 || len(w) < 2 || len(w) > 6 || r.d.Tokens[i].Shape != text.Upper || lex.letters.Has(w) || lex.nouns.Of(r.lower(i)).class&roleNoun != 0 {
		return false
	}
	return !r.shouting(i)
}

// shouting says whether the words around token i are in capitals too.
func (r *reader) shouting(i int) bool {
	s := r.d.SentenceAt(i)
	capitals, words := 0, 0
	for j := max(r.d.Sentences[s].First, i-6); j < min(r.d.Sentences[s].End, i+7); j++ {
		switch r.d.Tokens[j].Shape {
		case text.Upper:
			capitals, words = capitals+1, words+1
		case text.Lower, text.Title, text.Camel:
			words++
		}
	}
	return words > 2 && 3*capitals > 2*words
}

// titled reads a title or role at the beginning of the run: where the name behind it begins (end when there is none, i when there
// is no title), the title, and the sex that it shows.
func (r *reader) titled(i, end int) (at int, t title, g gender) {
	if end == i+1 && r.family[r.word(i)] { // Brewer, of Jan Brewer
		return i, t, 0
	}
	if at = i; r.several(i, end) { // "Twins Ada and Ida Holm"
		at++
	}
	for j := at; j < end; {
		if found, n := r.titleAt(j, end); n > 0 && (j+n < end || j == at && n > 1 || i == j && n == end-i && !r.given(j)) {
			heads := append(slices.Clone(t.heads), found.heads...)
			t = title{gender: found.gender, address: found.address && (at == i || t.address), learned: found.learned && (at == i || t.learned), heads: heads}
			at, g = j+n, g|found.gender
			j += n
			continue
		}
		if head := r.roleIn(j); head != "" && (j+1 < end || at == j && j > i && !t.address) {
			t.heads = append(t.heads, head)
			t.address, t.learned = false, false
			at, g = j+1, g|lex.nouns.Of(head).gender
		}
		j++
	}
	if at > i && (r.lower(at) == "of" || r.lower(at) == "for") && at < end { // "President of Freedonia"; "Secretary for Ports Ada Holm"
		return r.personIn(at+1, end), t, g
	}
	return at, t, g
}

// several says whether token j, in a run that ends at end, is what several persons are, before the first of them.
func (r *reader) several(j, end int) bool {
	w := r.lower(j)
	s := singular(w)
	return s != w && j+1 < end && r.given(j+1) && (calling(s) != "" || related(s))
}

// roleIn is the noun for a role that token j is in a run of capitals, "" where it is none or rather a family name.
func (r *reader) roleIn(j int) string {
	w := r.lower(j)
	if lex.letters.Has(r.word(j)) || lex.familiesToo.Has(w) && r.kinds[j] == english.Person {
		return ""
	}
	return calling(w)
}

// titleAt is the title that begins at token j and ends before end, and its number of tokens.
func (r *reader) titleAt(j, end int) (title, int) {
	if found, n := lex.titles.at(r.d, j, end, folded); n > 0 {
		return found, n
	}
	if found, n := lex.letterings.at(r.d, j, end, same); n > 0 && j+n < end && !r.shouting(j) {
		return found, n
	}
	return title{}, 0
}

// roleBefore says whether the noun of a role, in lower case, stands before token i: "spokesman John Kirby".
func (r *reader) roleBefore(i int) bool {
	w := r.word(i - 1)
	return w != "" && calling(w) != "" && !r.breaks(i-1, i) && r.tag(i) != "NNPS" && !r.party(i)
}

// person reads a person's name in the run [i, end).
func (r *reader) person(i, end int) name {
	const longest = 5
	n := name{form: personName}
	j := i
	for j < end && j < i+longest && (j == i || r.kinds[j] == r.kinds[i] || r.kinds[i] == "" && r.kinds[j] == english.Person || lex.suffixes.Has(r.lower(j))) {
		j++
	}
	for (r.kinds[i] == english.Person && j < end && r.kinds[j] == "" || r.given(i) && j < end-1) && len(r.word(j)) == 2 && r.word(j)[1] == '.' { // an initial
		j++
		for j < end && (r.kinds[j] == english.Person || lex.suffixes.Has(r.lower(j)) || len(r.word(j-1)) == 2 && r.given(i)) {
			j++
		}
	}
	for j > i+1 && lex.letters.Has(r.word(j-1)) {
		j--
	}
	n.tokens = text.Range{First: i, End: j}
	n.whole = n.tokens
	n.words = r.named(i, j)
	if lex.suffixes.Has(r.lower(j-1)) && j > i+1 {
		n.suffix = r.word(j - 1)
	}
	n.words = r.withoutParticle(n.words)
	if len(n.words) > 1 {
		n.gender = lex.given.Of(folded(n.words[0]))
	}
	if n.gender == either {
		n.gender = 0
	}
	return n
}

// withoutParticle is the words of a person's name without particles before them: "De Vries".
func (r *reader) withoutParticle(words []string) []string {
	for len(words) > 1 && lex.particles.Has(strings.ToLower(words[0])) && !r.givenLikeParticle(words) {
		words = words[1:]
	}
	return words
}

// singular is the singular of a noun in lower case.
func singular(w string) string {
	if s, ok := lex.plural.Find(w); ok {
		return s
	}
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}
