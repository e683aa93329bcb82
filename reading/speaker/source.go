package speaker

import (
	"cmp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/text"
)

// Shapes of a source.
type shape uint8

const (
	nothing    shape = iota
	pronoun          // "he", "who"
	named            // by a proper name
	several          // "X and Y", each with a name
	definite         // "the official"
	indefinite       // "a senior official", "officials", "U.S. Official"
)

// A source is what the words of a statement's source say of its speaker.
type source struct {
	shape  shape
	tokens text.Range // of the whole
	core   text.Range // the head with what stands before it
	word   string     // of a pronoun
	name   int        // index of the name, for named; -1 otherwise
	role   string     // beside the name
	parts  []source   // of several
	head   string     // common noun, singular, lower case
	class  uint8      // of the head
	plural bool
	mods   []string // words before the head, folded, states by their name
	places []string // those of mods that are a place by the model: "the Vermont senator"
	state  string   // of which state
	gender gender
	bare   bool // no determiner, singular: headline
	organ  bool // the name is an organisation's, by the words beside it
	other  bool // "another", "a second": not the one before
}

// source reads the words of a source. Names are those of the document that overlap it, by index.
func (r *reader) source(t text.Range, names []name, at []int) source {
	s := source{tokens: t, name: -1}
	for t.First < t.End && (r.d.Tokens[t.First].Shape >= text.Open || r.skips(t.First)) {
		t.First++
	}
	for t.First < t.End && (r.d.Tokens[t.End-1].Shape >= text.Open || t.End > t.First+1 && lex.day.Has(r.lower(t.End-1)) && !lex.enders.Has(r.lower(t.End-2)) && !strings.HasPrefix(r.tag(t.End-2), "V")) { // "Lowell yesterday"
		t.End--
	}
	if t.First >= t.End {
		return s
	}
	t = r.behindBut(t)
	first := r.lower(t.First)
	if lex.nobody.Has(first) || first == "no" && r.lower(t.First+1) == "one" {
		return s
	}
	if p, ok := lex.pronouns.Find(first); ok && (t.End == t.First+1 || first == "he" || first == "she" || first == "who") &&
		!(r.word(t.First) == "US" || r.word(t.First) == "IT") {
		s.shape, s.word, s.gender, s.plural = pronoun, first, p.gender, p.plural
		return s
	} else if r.cutWrongly(t.First) {
		return s
	}
	if r.numbers(t) {
		r.noun(&s, t, names, nil)
		return s
	}
	if parts := r.coordinated(t, names, at); len(parts) > 1 {
		for _, p := range parts {
			s.parts = append(s.parts, r.source(p, names, at))
		}
		if !slices.ContainsFunc(s.parts, func(p source) bool { return p.shape == nothing || p.shape == pronoun }) {
			s.shape = several
			s.plural = true
			return s
		}
		s.parts = nil
	}
	if r.person1(&s, t, names, at) {
		return s
	}
	if r.organ1(&s, t, names, at) {
		return s
	}
	r.noun(&s, t, names, at)
	if n := len(at) - 1; n >= 0 && s.name < 0 && s.class == 0 && r.endsIn(&names[at[n]], t) {
		s.shape, s.name, s.core, s.head = named, at[n], names[at[n]].whole, ""
	}
	return s
}

// behindBut is what stands behind "but" in a source that holds a clause of its own before: "some reports have it so but Holm".
func (r *reader) behindBut(t text.Range) text.Range {
	clause := false
	for i := t.First; i < t.End-1; i++ {
		if clause = clause || r.finite(i); clause && r.lower(i) == "but" && r.upper(i+1) {
			return text.Range{First: i + 1, End: t.End}
		}
	}
	return t
}

// cutWrongly says whether a source that begins at token i has lost its head: "for racial", "the clinic treating Ivo Marek".
func (r *reader) cutWrongly(i int) bool {
	w := r.lower(i)
	return (w == "for" || w == "of" || w == "during") && !r.upper(i) || r.upper(i) && r.ofOther(i)
}

// endsIn says whether a source ends in a person's name that is all it says: "last month in his speech President Velde".
func (r *reader) endsIn(n *name, t text.Range) bool {
	return n.form == personName && n.tokens.End == t.End && !r.owned(t.First, n.whole.First)
}

// owned says whether the tokens [i, end) are somebody whom the name at token end says whose: "Neighbours of Jan Kral".
func (r *reader) owned(i, end int) bool {
	before := r.lower(end - 1)
	return end > i && (before == "of" || before == "for" || r.tag(end-1) == "VBG" || r.tag(i) == "NNS" || singular(r.lower(i)) != r.lower(i))
}

// ofOther says whether what stands before token i, a name, makes it whom somebody else is of, for or acts on.
func (r *reader) ofOther(i int) bool {
	switch w := r.lower(i - 1); {
	case i < 2 || r.breaks(i-2, i):
		return false
	case lex.attaching.Has(w):
		if r.actsOn(i - 2) { // "the doctor looking after"
			return true
		}
		before := singular(r.lower(i - 2))
		return !r.upper(i-2) && w != "after" && (calling(before) != "" || related(before) || lex.nouns.Of(before).class&(unnamedNoun|groupNoun) != 0)
	}
	return r.actsOn(i - 1)
}

// numbers says whether a source is a word for several alone, with who they are behind it: "some on the committee", "others,
// including Ada Holm".
func (r *reader) numbers(t text.Range) bool {
	w := r.lower(t.First)
	if t.End < t.First+2 || !lex.indefinites.Has(w) && w != "others" || w == "a" || w == "an" || w == "one" {
		return false
	}
	next := r.lower(t.First + 1)
	return next == "," && lex.enders.Has(r.lower(t.First+2)) || lex.enders.Has(next) && next != "of"
}

// skips says whether token i may stand before a source without being of it.
func (r *reader) skips(i int) bool {
	w := r.lower(i)
	return w == "by" || w == "according" || w == "to" || w == "but" || w == "and" || w == "even" || w == "from"
}

// coordinated is the parts of "X and Y", "X, Y and Z", or nil: the parts are cut at the top only, and names are left whole.
func (r *reader) coordinated(t text.Range, names []name, at []int) []text.Range {
	inside := func(i int) bool {
		return slices.ContainsFunc(at, func(n int) bool { return names[n].tokens.First < i && i < names[n].tokens.End })
	}
	headed := func(p text.Range) bool { // has a name or a plural noun of its own
		for _, n := range at {
			if names[n].tokens.First >= p.First && names[n].tokens.End <= p.End && names[n].form != peopleOf && !r.possessed(names[n].tokens.End) {
				return true
			}
		}
		i := p.End - 1
		w := r.lower(i)
		return p.First < p.End && singular(w) != w || r.article(p.First)
	}
	var parts []text.Range
	from, apposed, namedLeft, whose := t.First, false, false, false
	for i := t.First; i < t.End; i++ {
		w := r.lower(i)
		namedLeft = namedLeft || slices.ContainsFunc(at, func(n int) bool { return names[n].tokens.First == i && names[n].form != peopleOf })
		if lex.enders.Has(w) && !inside(i) && (namedLeft || w != "of" && w != "for" && w != "in" && w != "at" && w != "from") {
			break
		}
		whose = whose || i > t.First && !inside(i) && r.ofWhom(i)
		if w == "," && !inside(i) && i+1 < t.End && r.opensApposition(i, t.End, names, at) { // "X, a lawyer and writer"
			apposed = true
		}
		if w != "and" && w != "&" || inside(i) || apposed && r.word(i-1) != "," {
			continue
		}
		if whose && !r.article(i+1) && r.word(i-1) != "," { // "lawyers for Holm and Marek"
			continue
		}
		left, right := text.Range{First: from, End: i}, text.Range{First: i + 1, End: t.End}
		for left.End > left.First && r.word(left.End-1) == "," {
			left.End--
		}
		if headed(left) && headed(right) && !r.oneOfTwoRoles(left, right, names, at) && !r.officialsOf(left, right, names, at) && !r.twoPortfolios(left, i) {
			parts = append(parts, r.listed(left, names, at)...)
			from = i + 1
		}
	}
	if parts == nil {
		return nil
	}
	return append(parts, text.Range{First: from, End: t.End})
}

// ofWhom says whether token i joins somebody to those he or she is of, for or with: "lawyers for", "doctors treating".
func (r *reader) ofWhom(i int) bool {
	if w := r.lower(i); w != "of" && w != "for" && !r.actsOn(i) {
		return false
	}
	before := singular(r.lower(i - 1))
	return calling(before) != "" || lex.nouns.Of(before).class&(unnamedNoun|groupNoun) != 0 || related(before)
}

// article says whether token i is an article or begins a definite phrase.
func (r *reader) article(i int) bool {
	w := r.lower(i)
	return lex.definites.Has(w) || w == "a" || w == "an"
}

// opensApposition says whether the comma at token i opens what one is who stands before it.
func (r *reader) opensApposition(i, end int, names []name, at []int) bool {
	return !r.upper(i+1) && r.lower(i+1) != "and" || r.possessing(i+1, names, at) || r.roleThenAnd(i+1, end, names, at)
}

// twoPortfolios says whether "and" at token i, behind left, joins what one department holds: "Health and Education".
func (r *reader) twoPortfolios(left text.Range, i int) bool {
	return lex.portfolios.Has(r.lower(i-1)) && r.upper(i-1) && r.upper(i+1) && left.End-left.First < 3
}

// roleThenAnd says whether a role in capitals and "and" begin at token i: "Ada Holm, Deputy Chairman and Chief Executive of Vantor".
func (r *reader) roleThenAnd(i, end int, names []name, at []int) bool {
	const longest = 5
	for j := i; j < min(end, i+longest); j++ {
		if r.lower(j) == "and" {
			w := r.lower(j - 1)
			return j > i && singular(w) == w && lex.nouns.Of(w).class&roleNoun != 0
		}
		if !r.upper(j) || slices.ContainsFunc(at, func(n int) bool {
			return names[n].form == personName && names[n].tokens.First <= j && j < names[n].tokens.End
		}) {
			return false
		}
	}
	return false
}

// possessing says whether a name in the possessive begins at token i: "Norland, Kestria's neighbour and ally,".
func (r *reader) possessing(i int, names []name, at []int) bool {
	return slices.ContainsFunc(at, func(n int) bool { return names[n].tokens.First == i && r.possessed(names[n].tokens.End) })
}

// officialsOf says whether "X and Y officials" is the officials of two organs.
func (r *reader) officialsOf(left, right text.Range, names []name, at []int) bool {
	w := r.lower(right.End - 1)
	if right.End-right.First < 2 || singular(w) == w || lex.nouns.Of(singular(w)).class&unnamedNoun == 0 || !r.upper(right.First) || r.upper(right.End-1) {
		return false
	}
	return slices.ContainsFunc(at, func(n int) bool {
		p := &names[n]
		return p.tokens.First == left.First && p.tokens.End == left.End && p.form != personName && r.kinds[left.First] != english.Person
	})
}

// listed cuts "X, Y" into its names, where it is nothing but names with commas between.
func (r *reader) listed(t text.Range, names []name, at []int) []text.Range {
	var parts []text.Range
	next := t.First
	for _, n := range at {
		p := &names[n]
		if p.whole.First < t.First || p.tokens.End > t.End || p.tokens.First == p.tokens.End {
			continue
		}
		end := r.bracketed(p.tokens.End, t.End)
		if p.whole.First < next && len(parts) > 0 { // "R-Mont" in brackets
			continue
		}
		if p.whole.First != next || end < t.End && r.word(end) != "," {
			return []text.Range{t}
		}
		parts = append(parts, text.Range{First: next, End: p.tokens.End})
		next = end + 1
	}
	if next != t.End+1 {
		return []text.Range{t}
	}
	return parts
}

// bracketed is the end of what stands in brackets at token i, i when nothing does.
func (r *reader) bracketed(i, end int) int {
	const longest = 8
	if r.word(i) != "(" {
		return i
	}
	for j := i + 1; j < min(end, i+longest); j++ {
		if r.word(j) == ")" {
			return j + 1
		}
	}
	return i
}

// oneOfTwoRoles says whether "X and Y" is one person's two roles: "the former senator and nominee", "his wife and candidate Ann Lee".
func (r *reader) oneOfTwoRoles(left, right text.Range, names []name, at []int) bool {
	for _, n := range at {
		if names[n].form != peopleOf && names[n].tokens.First >= left.First && names[n].tokens.End == left.End {
			return false
		}
	}
	if det := r.lower(right.First); lex.definites.Has(det) || lex.indefinites.Has(det) {
		return false
	}
	head := left.End - 1
	for i := left.First + 1; i < head; i++ { // "the former secretary of state and nominee"
		if lex.enders.Has(r.lower(i)) {
			head = i - 1
		}
	}
	w := r.lower(head)
	return singular(w) == w && lex.nouns.Of(w).class&roleNoun != 0
}

// person1 reads a source that is one person by name, with role before or behind: "State Department spokesman John Kirby",
// "Brett McGurk, a State Department official", "the ministry's spokesman, John Kirby".
func (r *reader) person1(s *source, t text.Range, names []name, at []int) bool {
	comma := t.End
	for i := t.First; i < t.End; i++ {
		if w := r.word(i); w == "," || w == "(" || w == "—" || w == "–" {
			comma = i
			break
		}
	}
	for _, n := range at {
		p := &names[n]
		if !r.headsSource(p, t) {
			continue
		}
		role, ok := r.roleBeside(p, t, comma, names, at)
		if !ok {
			continue
		}
		s.shape, s.name, s.core = named, n, p.whole
		s.role, s.state = role, p.state
		return true
	}
	return false
}

// headsSource says whether a name in a source may be the one person whom the source names.
func (r *reader) headsSource(p *name, t text.Range) bool {
	first, end := p.tokens.First, p.tokens.End
	switch {
	case p.form != personName && p.form != unknownName, first < t.First, end > t.End+1, end == first:
		return false
	case p.form == unknownName && (first != t.First || r.lower(first-1) == "the" || !r.likePerson(p, t)):
		return false
	case end >= t.End:
		return true
	case r.possessed(end): // "Kerry's aide"
		return false
	}
	w, shape := r.lower(end), r.d.Tokens[end].Shape
	if w == "," || w == "(" || w == "-" || lex.enders.Has(w) || shape >= text.Open {
		return true
	}
	names := lex.nouns.Of(singular(w)).class != 0 && !lex.letters.Has(r.word(end)) // "Trump campaign"
	return !names && (shape != text.Lower || strings.HasPrefix(r.tag(end), "V") || strings.HasPrefix(r.tag(end), "R"))
}

// roleBeside is the role that stands beside a person's name in a source, whose first comma is at a token; false where the source is
// no phrase for that person.
func (r *reader) roleBeside(p *name, t text.Range, comma int, names []name, at []int) (role string, ok bool) {
	first, end := p.tokens.First, p.tokens.End
	before := text.Range{First: t.First, End: comma}
	full := p.form == personName && len(p.words) > 1
	switch {
	case full && end == t.End && p.whole.First > comma && r.possessivePlace(comma+1, first) && lex.nouns.Of(r.lower(comma-1)).class&roleNoun != 0: // "one senator, Norland's Ivo Marek"
		return r.trimRole(before), true
	case full && (end == t.End || r.word(end) == ",") && p.title != nil && p.whole.First > comma && r.notPeople(t.First, p.whole.First, names, at): // "South Harrow, Salen, Mayor Ivo Marek"
		return r.roleOf(text.Range{First: p.whole.First, End: first}), true
	case first < comma:
		role = r.roleOf(text.Range{First: t.First, End: first})
		if comma < t.End {
			role = join(role, r.appositive(comma+1, t.End))
		}
		return role, r.prefixed(t.First, p.whole.First)
	case p.whole.First != comma+1 && !r.appositiveRole(comma+1, first), r.otherSex(t.First, comma, p.gender), r.ofPerson(t.First, comma): // "the daughter of a master, Ivo Marek"
		return "", false
	case r.roleHeaded(t.First, comma): // "a spokesman for the ministry, John Kirby,"
		return r.trimRole(before), true
	}
	return r.without(before), p.form == personName && p.whole.First == comma+1 && r.callsOne(t.First, comma)
}

// ofPerson says whether the tokens [i, end) are somebody by whom he or she is of or for: "a lawyer for the suspect".
func (r *reader) ofPerson(i, end int) bool {
	if n := lex.nouns.Of(r.lower(end - 1)); n.class&roleNoun == 0 && n.gender == 0 && calling(r.lower(end-1)) == "" {
		return false
	}
	for k := i + 1; k < end-1; k++ {
		if w := r.lower(k); w == "of" || w == "for" || w == "to" || r.actsOn(k) {
			return r.officeAt(k) || lex.nouns.Of(singular(r.lower(k-1))).class != 0 || related(r.lower(k-1))
		}
	}
	return false
}

// possessivePlace says whether the tokens [i, end) are a place in the possessive.
func (r *reader) possessivePlace(i, end int) bool {
	return i < end-1 && r.possessed(end-1) && r.upper(i) && end-i < 5
}

// notPeople says whether the tokens [i, end) are nothing but places and outlets, with commas between.
func (r *reader) notPeople(i, end int, names []name, at []int) bool {
	for j := i; j < end; j++ {
		if r.word(j) != "," && !r.upper(j) && r.lower(j) != "the" {
			return false
		}
	}
	return !slices.ContainsFunc(at, func(n int) bool {
		p := &names[n]
		return p.tokens.First >= i && p.tokens.First < end && (p.form == personName || p.form == organName || p.form == unknownName && r.kinds[p.tokens.First] == english.Person)
	})
}

// otherSex says whether the head of the tokens [i, end) is of another sex than g. Who stands there in the possessive is not the head.
func (r *reader) otherSex(i, end int, g gender) bool {
	for k := i; k < end && !lex.enders.Has(r.lower(k)); k++ {
		if r.possessed(k) {
			i = k + 1
		}
	}
	for ; i < end && !lex.enders.Has(r.lower(i)); i++ {
		if n := lex.nouns.Of(r.lower(i)); n.class&roleNoun != 0 && n.gender != 0 && g != 0 && n.gender&g == 0 {
			return true
		}
	}
	return false
}

// organ1 reads a source that is one organisation by name behind what it is: "the ferry company, Salen Lines,", "the group Harbour Watch".
func (r *reader) organ1(s *source, t text.Range, names []name, at []int) bool {
	if len(at) == 0 {
		return false
	}
	n := at[len(at)-1]
	p := &names[n]
	before := p.tokens.First - 1
	if r.word(before) == "," {
		before--
	}
	if p.tokens.End != t.End || p.form != organName && p.form != unknownName || before <= t.First || before-t.First > 6 || !lex.definites.Has(r.lower(t.First)) && (r.word(before+1) != "," || r.lower(t.First) != "a" && r.lower(t.First) != "an") ||
		lex.nouns.Of(r.word(before)).class&(organNoun|groupNoun) == 0 || lex.nouns.Of(r.word(before)).class&roleNoun != 0 || lex.nouns.Of(singular(r.lower(before))).class&organNoun == 0 {
		return false
	}
	for i := t.First; i < before; i++ {
		if lex.enders.Has(r.lower(i)) || r.d.Tokens[i].Shape >= text.Open {
			return false
		}
	}
	s.shape, s.name, s.core, s.state = named, n, p.whole, p.state
	s.organ = true
	return true
}

// callsOne says whether the tokens [i, end), before a comma and a person's name, say what one person is, by their form alone: "the
// harbour master".
func (r *reader) callsOne(i, end int) bool {
	return end-i > 1 && end-i < 7 && lex.definites.Has(r.lower(i)) && r.tag(end-1) == "NN" && r.d.Tokens[end-1].Shape == text.Lower && lex.nouns.Of(r.lower(end-1)).class&^roleNoun == 0
}

// join puts two roles in one list, a line each.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// likePerson says whether a name of unknown kind is rather a person's: it makes the whole source, or a role stands behind it.
func (r *reader) likePerson(p *name, t text.Range) bool {
	i := p.tokens.End
	n := p.tokens.End - p.tokens.First
	if _, office := lex.letterings.value[r.word(i-1)]; n > 3 || office { // "Labour MP"
		return false
	}
	if i < t.End && r.word(i) == "," {
		return r.appositive(i+1, t.End) != "" || r.d.Tokens[min(i+1, len(r.d.Tokens)-1)].Shape == text.Number || r.lower(i+1) == "who" ||
			r.lower(i+1) == "of" && r.upper(i+2) && r.kinds[p.tokens.First] != english.Organisation && r.kinds[p.tokens.First] != english.Location // "Buckle, of Selby,"
	}
	if r.kinds[p.tokens.First] != "" {
		return false
	}
	for j := p.tokens.First; j < p.tokens.End; j++ {
		if r.d.Tokens[j].Shape != text.Title && r.d.Tokens[j].Shape != text.Camel && r.d.Tokens[j].Shape != text.Upper || lex.nouns.Of(singular(r.lower(j))).class != 0 {
			return false
		}
	}
	return true
}

// prefixed says whether only a role, its organ and a determiner stand in [i, end), before a name: the name is not whom somebody is of,
// for or with ("a spokesman for Mrs Holm", "doctors treating Ben Oakes").
func (r *reader) prefixed(i, end int) bool {
	for from := i; i < end; i++ {
		w := r.lower(i)
		switch {
		case w == "of" || w == "for" || w == "to":
			if !r.officeAt(i) || !r.filled(i, end) {
				return false
			}
		case lex.enders.Has(w) && !(r.capital(i-1) && r.upper(i+1) && !strings.HasPrefix(r.tag(i-1), "NNS")):
			return false
		case i > from && r.actsOn(i):
			return false
		}
		if r.tag(i) == "MD" || r.tag(i) == "VBZ" && !r.possessed(i) {
			return false
		}
	}
	return true
}

// capital says whether token i has a capital that the beginning of the sentence does not give it.
func (r *reader) capital(i int) bool {
	return r.upper(i) && (i > 0 && !r.breaks(i-1, i) && r.d.Tokens[i-1].Shape < text.Open || strings.HasPrefix(r.tag(i), "NNP") && calling(r.lower(i)) != "")
}

// officeAt says whether the word before "of" or "for" at token i is an office or a part of a name, not several people nor a relative.
func (r *reader) officeAt(i int) bool {
	w := r.lower(i - 1)
	if singular(w) != w && r.tag(i-1) != "NNP" || related(w) {
		return lex.indefinites.Has(r.lower(i + 1)) // "father of two Dean Marsh"
	}
	return r.capital(i-1) || calling(w) != ""
}

// filled says whether something else than the name at token end is what stands behind "of" or "for" at token i: "secretary for health Ann
// Lee", "head of state and spokesman Ann Lee", "coach of the year Ann Lee", "chair of Salen Lines Ann Lee".
func (r *reader) filled(i, end int) bool {
	last := r.lower(end - 1)
	switch {
	case end-1 <= i:
		return false
	case r.upper(end-1) && calling(last) == "" && r.d.Tokens[end-1].Shape < text.Open:
		return true
	case lex.portfolios.Has(last), end == i+2 && lex.indefinites.Has(last) && last != "a" && last != "an":
		return true
	case calling(last) != "":
		for k := i + 2; k < end-1; k++ {
			if r.lower(k) == "and" {
				return true
			}
		}
		return false
	}
	return r.lower(i+1) == "the" && end == i+3 && r.tag(end-1) == "NN"
}

// actsOn says whether token i is a participle behind a noun, which has what follows as its object: "doctors treating Ben Oakes".
func (r *reader) actsOn(i int) bool {
	if t := r.tag(i); t != "VBG" && t != "VBN" || r.upper(i) || lex.nouns.Of(r.lower(i)).class != 0 {
		return false
	}
	before := singular(r.lower(i - 1))
	return lex.nouns.Of(before).class != 0 || calling(before) != "" || r.tag(i-1) == "NNS"
}

// roleOf is the role in the words before a name, without determiner and form of address; "" when they say none.
func (r *reader) roleOf(t text.Range) string {
	for t.First < t.End && (lex.definites.Has(r.lower(t.First)) || lex.indefinites.Has(r.lower(t.First))) {
		t.First++
	}
	if t.End == t.First+1 {
		if found, n := lex.titles.at(r.d, t.First, t.End, folded); n == 1 && found.address {
			return ""
		}
	}
	return r.trimRole(t)
}

// trimRole is the words of t without a determiner and without white space or commas around, if one of them is a role.
func (r *reader) trimRole(t text.Range) string {
	for t.First < t.End && (lex.definites.Has(r.lower(t.First)) || lex.indefinites.Has(r.lower(t.First)) || r.d.Tokens[t.First].Shape >= text.Open) {
		t.First++
	}
	if !r.roleHeaded(t.First, t.End) {
		return ""
	}
	return r.without(t)
}

// without is the words of t on one line, without a determiner before them and marks around; "" for more than a role has.
func (r *reader) without(t text.Range) string {
	for t.First < t.End && (lex.definites.Has(r.lower(t.First)) || lex.indefinites.Has(r.lower(t.First)) || lex.nows.Has(r.lower(t.First)) || r.d.Tokens[t.First].Shape >= text.Open) {
		t.First++
	}
	for t.First < t.End && r.d.Tokens[t.End-1].Shape >= text.Open {
		t.End--
	}
	const longest = 14
	if t.First >= t.End || t.End-t.First > longest {
		return ""
	}
	return strings.Join(strings.Fields(r.d.Span(t).Of(r.d.Text)), " ")
}

// roleHeaded says whether the tokens [i, end) name a role.
func (r *reader) roleHeaded(i, end int) bool {
	if lex.quantities.Has(r.lower(i)) && r.lower(i+1) == "of" { // "one of the lawyers"
		i += 2
	}
	for ; i < end; i++ {
		if _, n := lex.titles.at(r.d, i, end, folded); n > 0 || lex.nouns.Of(singular(r.lower(i))).class&roleNoun != 0 {
			return true
		}
		if lex.enders.Has(r.lower(i)) {
			return false
		}
	}
	return false
}

// appositive is the role that the tokens behind a name and a comma name: "a spokesman for the ministry".
func (r *reader) appositive(i, end int) string {
	stop := i
	for stop < end && r.word(stop) != "," && r.word(stop) != ")" && r.word(stop) != ";" && !lex.clauses.Has(r.lower(stop)) && !r.finite(stop) {
		stop++
	}
	return r.trimRole(text.Range{First: i, End: stop})
}

func (r *reader) finite(i int) bool {
	t := r.tag(i)
	return t == "VBD" || t == "VBP" || t == "MD" || t == "VBZ" && !r.possessed(i)
}

// appositiveRole says whether [i, end) are only words of a role before a name.
func (r *reader) appositiveRole(i, end int) bool {
	return end > i && end-i < 6 && r.roleHeaded(i, end) && r.prefixed(i, end)
}

// noun reads a source whose head is a common noun, or the name of an organ, state or outlet.
func (r *reader) noun(s *source, t text.Range, names []name, at []int) {
	det, i := r.determined(s, t)
	numbers := i <= t.First+1 && r.numbers(t)
	if numbers {
		i = t.First + 1
	}
	if i >= t.End || numbers {
		r.pronominal(s, t, i)
		return
	}
	if r.oneOf(s, t, i, names, at) {
		return
	}
	end := r.phraseEnd(i, t.End, names, at)
	if end <= i {
		return
	}
	if r.lower(i) == "one" && end == i+1 {
		det = "a"
	}
	s.core, s.tokens = text.Range{First: i, End: end}, t
	if r.nameHead(s, t, names, at) {
		return
	}
	r.nounHead(s, names, at)
	possessive := false
	for j := i; j < end-1; j++ {
		possessive = possessive || r.possessed(j)
	}
	if det == "the" || possessive && !s.plural {
		s.shape = definite
		return
	}
	s.shape, s.bare = indefinite, det == "" && !s.plural
}

// determined is the kind of the determiner before a noun, "the", "a" or "", and the token behind it and "other".
func (r *reader) determined(s *source, t text.Range) (det string, i int) {
	for i = t.First; i < t.End; i++ {
		w := r.lower(i)
		switch {
		case lex.definites.Has(w):
			det = "the"
		case lex.indefinites.Has(w):
			det = cmp.Or(det, "a")
		case !lex.others.Has(w):
			return det, i
		}
		s.other = s.other || lex.others.Has(w)
	}
	return det, i
}

// pronominal reads a source that is a determiner alone, to token end: "some", "others", "one", "this".
func (r *reader) pronominal(s *source, t text.Range, end int) {
	s.shape, s.head, s.class = indefinite, r.lower(t.First), unnamedNoun
	s.plural = s.head != "one" && s.head != "another"
	if lex.definites.Has(s.head) {
		s.shape = nothing
	}
	s.core = t
	s.core.End = min(end, t.End)
}

// oneOf reads "one of the officials", where i is the token behind the determiner.
func (r *reader) oneOf(s *source, t text.Range, i int, names []name, at []int) bool {
	of := i
	switch {
	case r.lower(i) == "of" && i > t.First:
	case lex.quantities.Has(r.lower(i)) && r.lower(i+1) == "of" && i+2 < t.End:
		of++
	default:
		return false
	}
	inner := source{name: -1}
	r.noun(&inner, text.Range{First: of + 1, End: t.End}, names, at)
	if inner.shape != definite && inner.shape != indefinite && inner.shape != named {
		return false
	}
	*s = inner
	s.shape, s.name = indefinite, -1
	s.tokens, s.core = t, text.Range{First: t.First, End: inner.core.End}
	s.plural = r.lower(t.First) != "one" && r.lower(t.First) != "another"
	s.class |= unnamedNoun
	return true
}

// phraseEnd is the end of the phrase of the head that begins at token i, without a possessive clitic there.
func (r *reader) phraseEnd(i, stop int, names []name, at []int) int {
	end := i
	for end < stop && (end == i || !r.endsPhrase(end, names, at)) {
		end++
	}
	for end > i && r.possessed(end-1) {
		end--
	}
	return end
}

// endsPhrase says whether the phrase of a head ends before token i: a preposition or a mark stands there, or a verb.
func (r *reader) endsPhrase(i int, names []name, at []int) bool {
	w, shape := r.lower(i), r.d.Tokens[i].Shape
	switch {
	case lex.enders.Has(w) && !r.insideName(i, names, at):
		return true
	case shape >= text.Punct && shape != text.Symbol && w != "%" && w != "-" && !r.possessed(i):
		return true
	case r.finite(i), r.tag(i) == "VBN" && strings.HasPrefix(r.tag(i-1), "NN"):
		return true
	case r.tag(i) == "JJ" && lex.nouns.Of(r.lower(i-1)).class != 0 && lex.enders.Has(r.lower(i+1)):
		return true
	}
	return r.actsOn(i) || r.tag(i) == "VBG" && lex.nouns.Of(w).class == 0 && !strings.HasPrefix(r.tag(i+1), "NN")
}

// nameHead reads a phrase whose head is a name that ends it.
func (r *reader) nameHead(s *source, t text.Range, names []name, at []int) bool {
	i, end := s.core.First, s.core.End
	for _, n := range at {
		p := &names[n]
		if p.tokens.End != end || p.tokens.First < i && p.tokens.First != t.First || p.form == peopleOf || p.tokens.End == p.tokens.First {
			continue
		}
		if p.form == unknownName && lex.nouns.Of(singular(organWord(r.lower(end-1)))).class&(roleNoun|unnamedNoun|documentNoun) != 0 && !r.family[r.word(end-1)] {
			continue // "U.S. Official" in a headline
		}
		if p.form == personName && p.tokens.First > i && !r.prefixed(i, p.whole.First) {
			continue
		}
		s.shape, s.name, s.state = named, n, p.state
		if p.form == unknownName || p.form == organName {
			r.modify(s, i, p.tokens.First, names, at)
		}
		return true
	}
	return false
}

// nounHead reads the common noun at the end of the core, and the words before it.
func (r *reader) nounHead(s *source, names []name, at []int) {
	i, head := s.core.First, s.core.End-1
	w := r.lower(head)
	s.head = singular(organWord(w))
	if s.head == "president" && r.lower(head-1) == "vice" {
		s.head = "vice-president"
	}
	n := lex.nouns.Of(s.head)
	s.class, s.gender = n.class, n.gender
	s.plural = singular(w) != w || s.head == "people" || s.head == "police" || s.head == "media" || r.tag(head) == "NNS"
	if s.class == 0 && r.upper(head) && strings.HasSuffix(s.head, "wide") {
		s.class = groupNoun
	}
	r.modify(s, i, head, names, at)
	if s.head == "vice-president" {
		s.mods = slices.DeleteFunc(s.mods, func(m string) bool { return m == "vice" })
	}
}

// insideName says whether token i stands inside one of the names.
func (r *reader) insideName(i int, names []name, at []int) bool {
	return slices.ContainsFunc(at, func(n int) bool { return names[n].tokens.First <= i && i < names[n].tokens.End })
}

// modify reads the words [i, end) before a head: what state, what kind.
func (r *reader) modify(s *source, i, end int, names []name, at []int) {
	for i < end {
		if p, n := r.place(i, end); n > 0 {
			if s.state == "" {
				s.state = p.state
			}
			if p.kind == stateOrgan || p.kind == seat {
				s.mods = append(s.mods, strings.ToLower(strings.Join(r.words(text.Range{First: i, End: i + n}), " ")))
			} else {
				s.mods = append(s.mods, strings.ToLower(p.state))
			}
			i += n
			continue
		}
		if w := r.lower(i); !r.possessed(i) && r.d.Tokens[i].Shape < text.Punct {
			s.mods = append(s.mods, organWord(w))
			if r.kinds[i] == english.Location {
				s.places = append(s.places, organWord(w))
			}
		}
		i++
	}
}
