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
	// own are the places that the document shows to be some: "Marvenia", beside "Marvenian".
	own map[string]place
	// full are the organisations of the table that the document names otherwise than by a short form.
	full map[string]bool
}

func newReader(l *english.Layer) *reader {
	r := &reader{l: l, d: l.Doc, kinds: make([]string, len(l.Doc.Tokens)), low: make([]string, len(l.Doc.Tokens)), own: map[string]place{}, family: map[string]bool{}}
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

// families notes the family names of the article that are nouns for a role too: the Brewer of "Jan Brewer".
func (r *reader) families() {
	for _, n := range r.l.Names {
		if n.End > n.First+1 && n.Kind == english.Person && n.First >= 0 && n.End <= len(r.d.Tokens) && lex.familiesToo.Has(r.lower(n.End-1)) && r.upper(n.End-1) {
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
		case lex.particles.Has(w) && r.upper(j+1) && j > i && !lex.between.Has(w):
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

// nameAt reads the name that begins the run [i, end), and where to go on.
func (r *reader) nameAt(i, end int) (name, int) {
	all := text.Range{First: i, End: end}
	whole := func(f form, t text.Range) name {
		return name{tokens: t, whole: text.Range{First: i, End: t.End}, form: f, words: r.words(t)}
	}
	// An organ by its last word, or by "of".
	p, np := r.place(i, end)
	if np == end-i {
		n := whole(p.form(), all)
		n.state = p.state
		if r.possessed(end) { // "Russia's Defence Ministry": an organ of the state
			if o, next := r.organOf(i, end, p.state); next > 0 {
				return o, next
			}
		}
		return n, end
	}
	organ, nk := r.known(i)
	if nk >= end-i {
		return r.knownName(i, nk, organ), i + nk
	}
	if _, no := lex.outlets.at(r.d, i, end, same); no == end-i || end-i > 1 && (lex.mastheads.Has(r.word(end-1)) || (np > 0 || r.kinds[i] == english.Location) && lex.ofPlaces.Has(r.word(end-1))) {
		return whole(outletName, all), end
	}
	if r.organ(i, end) {
		n := whole(organName, all)
		if np > 0 {
			n.state = p.state
		} else if q, nq := r.placeIn(i, end); nq > 0 {
			n.state = q.state
		}
		return n, end
	}
	// A title or role, with a name behind it.
	if at, t, g := r.titled(i, end); at > i {
		if at >= end {
			return name{tokens: text.Range{First: end, End: end}}, end // a role alone
		}
		n := r.person(at, end)
		if !t.address || at > i+1 {
			n.role = r.d.Span(text.Range{First: i, End: at}).Of(r.d.Text)
		}
		if t.address && at == i+1 {
			n.role = ""
		}
		n.whole.First = i
		n.title = &t
		n.gender |= g
		if q, nq := r.place(i, at); nq > 0 {
			n.state = q.state
		}
		return n, n.tokens.End
	}
	if np > 0 && np < end-i && (r.allOrgan(i, end) || p.kind == stateName && end-i == np+1 && !r.given(i) && r.kinds[i] != english.Person && r.firmLike(i+np)) { // "America Rising", "France Telecom"
		n := whole(organName, all)
		n.state = p.state
		return n, end
	}
	if np > 0 && np < end-i {
		n := whole(p.form(), text.Range{First: i, End: i + np})
		n.state = p.state
		if !r.given(i) || r.kinds[i] != english.Person {
			return n, i + np
		}
	}
	if nk > 0 {
		return r.knownName(i, nk, organ), i + nk
	}
	if _, no := lex.outlets.at(r.d, i, end, same); no > 1 {
		return whole(outletName, text.Range{First: i, End: i + no}), i + no
	}
	kind := r.kinds[i]
	if end > i+2 && lex.letters.Has(r.word(end-1)) && kind != english.Location { // "Desmond Holm QC"
		n := r.person(i, end)
		n.tokens.End, n.whole.End, n.words = end-1, end-1, r.named(i, end-1)
		return n, end
	}
	if q := r.kin(i); q != 0 && kind != english.Organisation && kind != english.Location && end-i < 4 { // "his wife, Ada,"
		n := r.person(i, end)
		n.gender = q
		return n, n.tokens.End
	}
	switch {
	case end == i+1 && kind == english.Person && r.county(i): // "of Stevenage, Herts"
		return whole(unknownName, text.Range{First: i, End: i}), end
	case end == i+1 && r.dotted(i), lex.ships.Has(r.word(i)) && end > i+1:
		return whole(organName, all), end
	case end == i+1 && (strings.HasSuffix(r.word(i), ".") && len(r.word(i)) > 2 || lex.letters.Has(r.word(i)) || r.d.Tokens[i].Shape == text.Upper && lex.nouns.Of(r.lower(i)).class&roleNoun != 0 && kind != english.Person && !r.shouting(i)): // "Md.", "QC", "GP"
		return whole(unknownName, text.Range{First: i, End: i}), end
	case kind == english.Person && end-i > 1 && r.describes(end-1) && !r.given(i), kind == english.Person && end == i+1 && (r.shouting(i) || i == 0 || r.breaks(i-1, i)) && lex.nouns.Of(r.lower(i)).class != 0 && !lex.familiesToo.Has(r.lower(i)), kind == english.Person && (lex.indefinites.Has(r.lower(i)) || r.lower(i) == "another" || r.lower(i) == "greater"): // "America's Toughest Sheriff", "TRIBUNAL TOLD"
		return whole(unknownName, text.Range{First: i, End: i}), end
	case kind == english.Organisation && (r.party(end-1) || r.paper(i, end)), kind == english.Person && r.party(end-1) && singular(r.lower(end-1)) != r.lower(end-1): // "House Republicans"
		return whole(unknownName, all), end
	case r.initialed(i, end):
		n := r.person(i, i+1)
		n.tokens.End, n.whole.End, n.words = end, end, r.named(i, end)
		return n, end
	case kind == english.Person, r.given(i) && end-i > 1 && kind != english.Organisation, r.roleBefore(i):
		n := r.person(i, end)
		return n, n.tokens.End
	case kind == english.Organisation || kind != english.Location && r.acronym(i, end):
		return whole(organName, all), end
	}
	n := whole(unknownName, all)
	return n, end
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
	if lex.corporate.Has(r.word(end-1)) && end-i > 1 && !(r.given(i) && r.roleBefore(i)) {
		return true
	}
	if lex.nouns.Of(last).class&organNoun != 0 && lex.nouns.Of(last).class&roleNoun == 0 && end-i > 1 {
		return !(end-i == 2 && r.given(i) && r.kinds[i] == english.Person)
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
	at = i
	if end == i+1 && r.family[r.word(i)] { // Brewer, of Jan Brewer
		return i, t, 0
	}
	for j := i; j < end; {
		if found, n := lex.titles.at(r.d, j, end, folded); n > 0 && (j+n < end || j == at && n > 1 || i == j && n == end-i && !r.given(j)) {
			heads := append(slices.Clone(t.heads), found.heads...)
			t = title{gender: found.gender, address: found.address && (at == i || t.address), heads: heads}
			at, g = j+n, g|found.gender
			j += n
			continue
		}
		w := r.lower(j)
		if n := lex.nouns.Of(w); n.class&roleNoun != 0 && !lex.letters.Has(r.word(j)) && !(lex.familiesToo.Has(w) && r.kinds[j] == english.Person) && (j+1 < end || at == j && j > i && !t.address) {
			t.heads = append(t.heads, w)
			t.address = false
			at, g = j+1, g|n.gender
		}
		j++
	}
	if at > i && (r.lower(at) == "of" || r.lower(at) == "for") && at < end { // "President of Freedonia"
		return end, t, g
	}
	return at, t, g
}

// roleBefore says whether the noun of a role, in lower case, stands before token i: "spokesman John Kirby".
func (r *reader) roleBefore(i int) bool {
	w := r.word(i - 1)
	return w != "" && lex.nouns.Of(w).class&roleNoun != 0 && !r.breaks(i-1, i) && r.tag(i) != "NNPS" && !r.party(i)
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
	for len(n.words) > 1 && lex.particles.Has(strings.ToLower(n.words[0])) { // "De Vries"
		n.words = n.words[1:]
	}
	if len(n.words) > 1 {
		n.gender = lex.given.Of(folded(n.words[0]))
	}
	if n.gender == either {
		n.gender = 0
	}
	return n
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
