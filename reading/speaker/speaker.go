// Package speaker resolves who the speakers of an article's statements are: persons by name, surname, pronoun or role, organs
// and states, groups, documents, and unnamed speakers, who are kept apart; and which persons, organs and states it only speaks of.
//
// It reads an article as people do: names first, wherever they stand; then the sources in the order of the text, each against
// the speakers so far. A description ("the official") goes back to the latest speaker that it fits, a pronoun to the one that
// stands out, and neither to anyone when two fit alike. Tables of given names, states, organisations, outlets and common nouns are
// in data/.
package speaker

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/reading/layout"
	"github.com/onrecord/onrecord/text"
)

// Confidence of a link from the words of a source to a speaker, by how it was made. Measured by hand on news, rounded.
const (
	sureName    = .97 // full name, or the one name of an organ, state or outlet
	sureFamily  = .95
	sureGroup   = .9
	sureAgain   = .88 // "the official", after one official
	surePronoun = .88
	likely      = .75
	least       = .55 // below, no speaker is named
)

// Resolve returns the article's speakers, and tells each statement which of them says it, where one is certain enough (nothing is
// better than a wrong name), and how sure that is, given that the words of the source are right: SpeakerConfidence, 0 (nobody) to 1.
// Ids and Article are left empty. Among the speakers are those whom the article only names: no statement is theirs.
func Resolve(l *english.Layer, page *layout.Layout, statements []attribution.Draft, asides []onrecord.Aside) []onrecord.Speaker {
	r := newReader(l)
	c := &cast{reader: r, page: page, statements: statements, families: map[string][]*entity{}, keys: map[string]*entity{}, alone: map[string]*entity{}, byGiven: map[string][]*entity{}}
	c.names = slices.DeleteFunc(r.names(), func(n name) bool { // who wrote an article, or took its picture, is nobody in it
		a := asideAt(asides, l.Doc.Span(n.tokens))
		return a != nil && (a.Kind == layout.Byline || a.Kind == layout.Credit)
	})
	c.firms()
	c.people()
	c.organs()
	c.learn()
	c.walk()
	for _, e := range c.speaker {
		if e != nil {
			e.keep = true
		}
	}
	c.spoken(asides)
	return c.speakers()
}

// apart cuts clitics and commas from words, as tokens are cut; together puts them back.
var (
	apart    = strings.NewReplacer("’s", " ’s", "'s", " 's", ",", " ")
	together = strings.NewReplacer(" 's", "'s", " ’s", "’s", " , ", ", ")
)

// mostOfName is how many persons of one family name are told apart: no article has more.
const mostOfName = 24

// An entity is a speaker in the making.
type entity struct {
	kind    string
	name    string
	words   []string // of a person's name
	gender  gender
	state   string
	plural  bool
	outlet  bool
	maker   string          // of a document, in words behind it
	person  bool            // unnamed: by the noun for one person
	told    bool            // the sex, by a title, role or pronoun; else it is what the given name is for the most part
	suffix  string          // of a person's name: "Jr."
	hint    gender          // of one known by one name only: the sex of those who bear it as a given name
	guessed bool            // kind, of a name that nothing tells the kind of
	sort    uint8           // unnamed: official, informed, present
	heads   map[string]bool // common nouns that describe it
	mods    map[string]bool // words in its descriptions
	roles   map[string]bool
	also    map[string]int // surface forms, with how often
	spans   map[onrecord.Span]bool
	first   int // token of the first mention
	full    int // mentions by full name
	links   int
	sure    float64 // sum over links
	learnt  []onrecord.Alias
	keep    bool // a speaker of a statement, taught another name, or spoken of
}

// A mention is where an entity is named or meant.
type mention struct {
	token   int
	entity  *entity
	subject bool
	quiet   bool // brought in without name or words: for descriptions only
}

// A cast is the entities of one article.
type cast struct {
	*reader
	page       *layout.Layout
	statements []attribution.Draft
	names      []name
	of         []*entity // of names, by index; nil where none
	all        []*entity
	families   map[string][]*entity // persons by folded family name, in the order of the text
	keys       map[string]*entity   // organs, states, groups, unnamed: by what makes them the same
	byGiven    map[string][]*entity // persons with a family name, by folded given name
	mentions   []mention            // so far, in text order
	unknown    map[string][]int     // see unknownBy
	sexes      map[string][2]int    // family names alone, with how often a possessive of a man and of a woman goes with each; see ofOtherSex
	alone      map[string]*entity   // who bears a family name alone and is not the one named in full
	byHead     map[string][]*entity // persons by the common nouns of their roles; see later
	speaker    []*entity            // of statements
	sure       []float64            // of statements, that the speaker is right
	within     *entity              // the last person who speaks in what the statement before says
	lessons    int                  // other names taught so far
}

func (c *cast) add(kind, name string, token int) *entity {
	e := &entity{kind: kind, name: name, first: token, heads: map[string]bool{}, mods: map[string]bool{}, roles: map[string]bool{}, also: map[string]int{}, spans: map[onrecord.Span]bool{}}
	c.all = append(c.all, e)
	return e
}

// familyOf is the key of a family name: without case and the Arabic article.
func familyOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	w := strings.ToLower(words[len(words)-1])
	for _, article := range []string{"al-", "el-", "al‑"} {
		if rest, ok := strings.CutPrefix(w, article); ok && len(rest) > 2 {
			return rest
		}
	}
	return w
}

// people makes an entity of each person named, and links the names: full names first, then family names alone.
func (c *cast) people() {
	c.of = make([]*entity, len(c.names))
	juniors := c.juniors()
	c.couples()
	for i := range c.names {
		n := &c.names[i]
		if n.form == personName && len(n.words) == 2 {
			c.bare(n)
		}
		if n.form != personName || len(n.words) < 2 {
			continue
		}
		family := familyOf(n.words)
		e := c.inFullBefore(n, family, juniors[folded(n.words[0])+" "+family])
		if e == nil {
			e = c.add(onrecord.Person, strings.Join(n.words, " "), n.tokens.First)
			e.words = n.words
			c.families[family] = append(c.families[family], e)
			given := folded(n.words[0])
			c.byGiven[given] = append(c.byGiven[given], e)
		}
		if len(n.words) > len(e.words) {
			e.words = n.words
		}
		if e.suffix == "" {
			e.suffix = n.suffix
		}
		e.name = strings.TrimSpace(strings.Join(e.words, " ") + " " + e.suffix)
		if !n.paired {
			e.full++
		}
		c.call(e, n)
		c.of[i] = e
	}
	for i := range c.names {
		n := &c.names[i]
		if len(n.words) != 1 || n.form != personName && n.form != unknownName && !c.namesake(n) {
			continue
		}
		c.of[i] = c.oneName(i)
		if e := c.of[i]; e != nil {
			e.first = min(e.first, n.tokens.First)
		}
	}
}

// inFullBefore is the person of a full name, as far as one was named; nil for none. Father and son are told apart by the suffix.
func (c *cast) inFullBefore(n *name, family string, junior bool) *entity {
	for _, f := range c.families[family][max(0, len(c.families[family])-mostOfName):] {
		if len(f.words) > 1 && sameGiven(f.words[0], n.words[0]) && (f.suffix == n.suffix || !junior) {
			return f
		}
	}
	return nil
}

// couples gives the first of two given names with one family name behind the second the whole of his name: "Paul and Sarah Tarn".
func (c *cast) couples() {
	for i := range len(c.names) - 1 {
		n, next := &c.names[i], &c.names[i+1]
		if len(n.words) == 1 && len(next.words) == 2 && n.form == personName && next.form == personName && n.title == nil && next.whole.First == n.tokens.End+1 && next.whole.First == next.tokens.First &&
			c.lower(n.tokens.End) == "and" && c.given(n.tokens.First) && c.given(next.tokens.First) && !c.upper(n.tokens.First-1) {
			n.words, n.paired = []string{n.words[0], next.words[1]}, true
			if n.gender = lex.given.Of(folded(n.words[0])); n.gender == either {
				n.gender = 0
			}
		}
	}
}

// ofOtherSex says whether the article shows that a family name alone is not of the one person whom it names in full, by the sex: "Tarn
// left her husband, Karl Tarn. ... Tarn sold her shop." One sentence may be about another.
func (c *cast) ofOtherSex(family string, bearer *entity) bool {
	if bearer.gender == 0 || bearer.told {
		return false
	}
	if c.sexes == nil {
		c.sexes = map[string][2]int{}
		for i := range c.names {
			if n := &c.names[i]; len(n.words) == 1 && c.subject(n.tokens) {
				if g := c.ownNear(n.tokens); g != 0 {
					votes := c.sexes[familyOf(n.words)]
					votes[g-1]++
					c.sexes[familyOf(n.words)] = votes
				}
			}
		}
	}
	votes := c.sexes[family]
	return votes[bearer.gender-1] == 0 && votes[2-bearer.gender] > 1
}

// ownNear is the sex that the text shows of a subject at t: by the possessive behind its verb ("Tarn sold her shop"), where the verb is
// none of saying, by the one at the beginning of the sentence ("In her evidence, Tarn"), or by the subject of the next sentence; before
// any other name; 0 for none.
func (c *cast) ownNear(t text.Range) gender {
	sentence := c.d.Sentences[c.d.SentenceAt(t.First)]
	if before := sentence.First + 1; before < t.First-1 && t.First-before < 6 && c.word(t.First-1) == "," {
		if g := ofOwn(c.lower(before)); g != 0 {
			return g
		}
	}
	for k := t.End; k < sentence.End; k++ {
		w := c.lower(k)
		if c.upper(k) || lex.speaking.Has(w) || c.d.Tokens[k].Shape == text.Open {
			return 0
		}
		if tag := c.tag(k + 1); strings.HasPrefix(tag, "N") || strings.HasPrefix(tag, "JJ") || w == "his" {
			if g := ofOwn(w); g != 0 {
				return g
			}
		}
	}
	p, _ := lex.pronouns.Find(c.lower(sentence.End))
	if w := c.lower(sentence.End); w != "he" && w != "she" {
		return 0
	}
	return p.gender
}

// ofOwn is the sex that a possessive in lower case tells.
func ofOwn(w string) gender {
	switch w {
	case "his":
		return male
	case "her":
		return female
	}
	return 0
}

// namesake says whether a name of one word that is also an organ's, an outlet's or a place's is rather the family name of somebody
// whom the article names in full: the Jordan of Ada Jordan, unless it says where.
func (c *cast) namesake(n *name) bool {
	if len(c.families[familyOf(n.words)]) == 0 {
		return false
	}
	switch n.form {
	case organName:
		return true
	case outletName, stateForm, metonym:
		return !lex.joining.Has(c.lower(n.tokens.First-1)) && c.lower(n.tokens.First-1) != "to" && c.lower(n.tokens.First-1) != "the"
	}
	return false
}

// juniors are the names, given and family, of which the article names somebody both with and without "Jr." behind: father and son.
func (c *cast) juniors() map[string]bool {
	seen := map[string]int{}
	for i := range c.names {
		if n := &c.names[i]; n.form == personName && len(n.words) > 1 {
			with := 1
			if n.suffix != "" {
				with = 2
			}
			seen[folded(n.words[0])+" "+familyOf(n.words)] |= with
		}
	}
	both := map[string]bool{}
	for name, with := range seen {
		both[name] = with == 3
	}
	return both
}

// bare takes from a name what is none of it: the word in a capital that begins a sentence before a name known without it ("Brave
// Ada", where Ada Holm was named; "Sentencing Holm").
func (c *cast) bare(n *name) {
	first := n.tokens.First
	if n.tokens.End-first != 2 || c.given(first) || first > 0 && !c.breaks(first-1, first) && c.d.Tokens[first-1].Shape < text.Open {
		return
	}
	given, family := c.byGiven[folded(n.words[1])], c.families[familyOf(n.words[1:])]
	if len(given) == 0 && len(family) == 0 || strings.HasPrefix(c.tag(first), "NNP") && len(given) == 0 {
		return
	}
	n.words, n.tokens.First = n.words[1:], first+1
	n.whole, n.gender = n.tokens, 0
}

// call notes at a mention what it says of a person: sex, role, what he or she may be called.
func (c *cast) call(e *entity, n *name) {
	if e.gender == 0 {
		e.gender = n.gender
	}
	if n.title != nil {
		if n.title.gender != 0 && n.title.gender != either {
			e.gender, e.told = n.title.gender, true
		}
		for _, h := range n.title.heads {
			e.heads[h] = true
		}
	}
	if e.state == "" {
		e.state = n.state
	}
	if n.role != "" {
		c.role(e, c.roleOf(text.Range{First: n.whole.First, End: n.tokens.First}))
	}
	before := n.whole.First
	for before > 0 && before > n.whole.First-8 && !c.breaks(before-1, n.tokens.First) {
		w := c.lower(before - 1)
		if !(c.upper(before-1) && !lex.notNames.Has(w) || lex.nouns.Of(w).class&roleNoun != 0 || c.possessed(before-1) || strings.HasPrefix(c.tag(before-1), "JJ") || c.tag(before-1) == "NN" && before < n.whole.First) {
			break
		}
		before--
	}
	if before < n.whole.First && lex.nouns.Of(c.lower(n.whole.First-1)).class&roleNoun != 0 {
		c.role(e, c.roleOf(text.Range{First: before, End: n.tokens.First}))
	}
	if first := c.apposed(n); first >= 0 {
		c.role(e, c.roleOf(text.Range{First: first, End: n.whole.First - 1}))
	}
	if after := n.tokens.End; c.word(after) == "," && (c.lower(after+1) == "a" || c.lower(after+1) == "an" || c.lower(after+1) == "the" || lex.nouns.Of(c.lower(after+1)).class&roleNoun != 0) {
		end := after + 1
		for end < len(c.d.Tokens) && end < after+12 && c.word(end) != "," && c.d.Tokens[end].Shape < text.Open && !c.breaks(end, after) {
			end++
		}
		if w := c.word(end); w == "," || w == "." { // closed: an appositive, not a list
			if lex.nouns.Of(c.lower(after+1)).class&roleNoun != 0 || c.lower(after+1) == "a" || c.lower(after+1) == "an" || c.roleHeaded(after+1, min(end, after+5)) {
				c.role(e, c.appositive(after+1, end))
			}
		}
	}
}

// apposed is where the role begins that stands before a full name and a comma, closed behind it: "the first lady, Ada Holm, said";
// -1 where there is none. In "the mayor, Ada Holm, and the harbour master" the three may be three.
func (c *cast) apposed(n *name) int {
	first := n.whole.First - 1
	if len(n.words) < 2 || c.word(first) != "," || c.word(n.tokens.End) != "," || c.upper(n.tokens.End+1) || c.lower(n.tokens.End+1) == "and" || c.lower(n.tokens.End+1) == "or" {
		return -1
	}
	const longest = 8
	for i := first - 1; i > max(0, first-longest) && !c.breaks(i, first) && c.d.Tokens[i].Shape < text.Open; i-- {
		if c.lower(i) == "the" {
			if c.word(i-1) == "," || lex.nouns.Of(c.lower(first-1)).class&roleNoun == 0 && !c.roleHeaded(i, first) {
				return -1
			}
			return i
		}
		if lex.enders.Has(c.lower(i)) && c.lower(i) != "of" || c.finite(i) {
			return -1
		}
	}
	return -1
}

// role adds roles (one a line) to a person, with the nouns that they are called by.
func (c *cast) role(e *entity, roles string) {
	for role := range strings.Lines(roles) {
		role = strings.TrimSpace(role)
		if role == "" {
			continue
		}
		e.roles[role] = true
		words := strings.Fields(apart.Replace(role))
		stop := len(words)
		for i, w := range words {
			if lw := strings.ToLower(w); i > 0 && (lw == "for" || lw == "of" || lw == "at" || lw == "in" || lw == "with" || lw == "to") {
				stop = i
				break
			}
		}
		for i, w := range words {
			lw := organWord(folded(w))
			e.mods[lw] = true
			if i < stop {
				if n := lex.nouns.Of(singular(lw)); n.class&roleNoun != 0 {
					e.heads[headOf(words, i)] = true
					if n.gender == male || n.gender == female {
						e.gender, e.told = n.gender, true
					}
				}
			}
		}
		titled := 0 // end of the title before: a vice president's is no president's
		for i := range words {
			for n := min(3, len(words)-i); n > 0; n-- {
				if p, ok := c.placeNamed(words[i : i+n]); ok {
					e.mods[strings.ToLower(p.state)] = true
					if e.state == "" {
						e.state = p.state
					}
					break
				}
				if t, ok := lex.titles.value[strings.ToLower(strings.Join(words[i:i+n], " "))]; ok && !t.address && i+n > titled {
					titled = i + n
					for _, h := range t.heads {
						e.heads[h] = true
					}
				}
			}
		}
	}
}

// headOf is the common noun that words[i] is the head of: a vice president is no president, and a state's attorney is nobody's lawyer.
func headOf(words []string, i int) string {
	head := singular(organWord(folded(words[i])))
	if i > 0 {
		switch before := folded(words[i-1]); {
		case head == "president" && before == "vice":
			return "vice-president"
		case head == "attorney" && (before == "states" || before == "u.s." || before == "district" || before == "county" || before == "us"):
			return "prosecutor"
		}
	}
	return head
}

// sameGiven says whether two given names may be one person's: alike, an initial, a short form, or another spelling.
func sameGiven(a, b string) bool {
	a, b = folded(a), folded(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == b, len(a) <= 2 && strings.HasPrefix(b, strings.TrimRight(a, ".")):
		return true
	case len(a) >= 3 && strings.HasPrefix(b, a[:3]) && len(b)-len(a) <= 4 && a[:len(a)-1] == b[:min(len(b), len(a)-1)]:
		return true // "Sergei", "Sergey"; "Ben", "Benjamin"
	}
	return lex.shortForms.Of(a) == b || lex.shortForms.Of(b) == a
}

// oneName is the person that a single name means: the bearer of that family name, else of that given name; nil when two fit.
func (c *cast) oneName(at int) *entity {
	n := &c.names[at]
	family := familyOf(n.words)
	if n.title == nil {
		if alone := c.byHerself(n, family); alone != nil {
			return alone
		}
	}
	switch bearers := c.bearers(n, family); len(bearers) {
	case 0:
		if fits := c.byGiven[folded(n.words[0])]; len(n.words[0]) > 2 && c.given(n.tokens.First) && len(fits) > 0 {
			if len(fits) > 1 {
				return nil
			}
			return fits[0]
		}
		if n.form != personName {
			return nil
		}
		return c.newFamily(n, family)
	case 1:
		c.call(bearers[0], n)
		return bearers[0]
	default:
		e := c.oneOf(at, bearers)
		if e != nil {
			c.call(e, n)
		}
		return e
	}
}

// bearers are those named so far with a family name, as far as the title and the suffix of this mention are theirs.
func (c *cast) bearers(n *name, family string) []*entity {
	bearers := slices.Clone(c.families[family][:min(len(c.families[family]), mostOfName)])
	if n.suffix != "" && len(bearers) > 1 {
		bearers = slices.DeleteFunc(bearers, func(e *entity) bool { return e.suffix != n.suffix })
	}
	if n.title == nil {
		return bearers
	}
	return slices.DeleteFunc(bearers, func(e *entity) bool {
		otherSex := n.title.gender != 0 && e.gender&n.title.gender == 0 && e.gender != 0
		return otherSex || !n.title.address && !compatible(e, n.title) // "President Velde" beside Ada Velde, a nurse
	})
}

// byHerself is who bears a family name alone, where the article shows that it is not the one person whom it names in full; nil for nobody.
func (c *cast) byHerself(n *name, family string) *entity {
	if alone := c.alone[family]; alone != nil {
		return alone
	}
	if b := c.families[family]; len(b) != 1 || len(b[0].words) < 2 || !c.ofOtherSex(family, b[0]) {
		return nil
	}
	c.alone[family] = c.newFamily(n, family)
	return c.alone[family]
}

// oneOf is the one of several bearers of a family name whom name at means: the one named so far, the one named in full last and near,
// unless another is too, or the one whom the article is about; nil where none stands out.
func (c *cast) oneOf(at int, bearers []*entity) *entity {
	n := &c.names[at]
	before := slices.DeleteFunc(slices.Clone(bearers), func(e *entity) bool { return e.first > n.tokens.First })
	if len(before) == 1 { // no other was named so far
		return before[0]
	}
	n.unsure = true
	if near, several := c.namedNear(at, bearers); near != nil || several {
		if several {
			return nil
		}
		return near
	}
	slices.SortStableFunc(bearers, func(a, b *entity) int { return cmp.Compare(b.full, a.full) })
	if bearers[0].full >= 2*bearers[1].full && bearers[0].full > 1 {
		n.unsure = bearers[0].full < 3*bearers[1].full
		return bearers[0]
	}
	const lead = 2 // sentences
	slices.SortStableFunc(before, func(a, b *entity) int { return cmp.Compare(a.first, b.first) })
	if len(before) > 1 && c.d.SentenceAt(before[0].first) < lead && c.d.SentenceAt(before[1].first) >= lead {
		return before[0]
	}
	return nil
}

// namedNear is the one of the bearers whom the sentences before name at give in full, or whether they give several.
func (c *cast) namedNear(at int, bearers []*entity) (near *entity, several bool) {
	sentence := c.d.SentenceAt(c.names[at].tokens.First)
	for i := at - 1; i >= max(0, at-farthest) && sentence-c.d.SentenceAt(c.names[i].tokens.First) <= 2; i-- {
		n, e := &c.names[i], c.of[i]
		switch {
		case len(n.words) < 2 || !slices.Contains(bearers, e):
		case c.kin(n.whole.First) == 0:
			several = several || near != nil && near != e
			near = e
		case near == nil && c.subject(n.tokens) && sentence-c.d.SentenceAt(n.tokens.First) <= 1: // "Holm's sister, Ada Holm, wept"
			several = true
		}
	}
	return near, several
}

// newFamily is a person of whom the article gives one name only, with the form of address, if there is one, as another.
func (c *cast) newFamily(n *name, family string) *entity {
	e := c.add(onrecord.Person, n.words[0], n.tokens.First)
	e.words = n.words
	if n.title == nil {
		e.hint = lex.given.Of(folded(n.words[0]))
	} else if n.title.address && n.title.gender != 0 {
		e.also[c.surface(n.whole)]++
	}
	c.families[family] = append(c.families[family], e)
	c.call(e, n)
	return e
}

// compatible says whether a title may be of a person with other titles or roles: one shared, or none known.
func compatible(e *entity, t *title) bool {
	if len(e.heads) == 0 || len(t.heads) == 0 || t.learned {
		return true
	}
	return slices.ContainsFunc(t.heads, func(h string) bool {
		return e.heads[h] || slices.ContainsFunc(lex.alike.Of(h), func(h string) bool { return e.heads[h] })
	})
}

// firms makes organisations of names of which the text says what no person can be said: that they are a firm, "which", or
// have a chief executive. A title before the name anywhere, or "who" behind it, makes it a person's again.
func (c *cast) firms() {
	votes := map[string]int{}
	for i := range c.names {
		n := &c.names[i]
		if k := n.tokens.First - 1; n.title != nil && k > n.whole.First && c.lower(k) == "ceo" { // "Vantor CEO Ada Holm"
			votes[strings.Join(c.words(text.Range{First: n.whole.First, End: k}), " ")]++
		}
		if !c.maybeFirm(n) {
			continue
		}
		key := strings.Join(n.words, " ")
		before, after := n.tokens.First-1, n.tokens.End
		behind := after
		if c.word(behind) == "," {
			behind++
		}
		switch w := lex.nouns.Of(c.word(before)); {
		case n.title != nil, c.lower(behind) == "who", w.class&roleNoun != 0 && w.class&organNoun == 0, n.tokens.First > 0 && c.kin(n.tokens.First) != 0:
			votes[key] -= 100
		case c.lower(behind) == "which" && behind > after, c.chief(after),
			w.class&organNoun != 0 && w.class&roleNoun == 0 && c.d.Tokens[max(before, 0)].Shape == text.Lower:
			votes[key]++
		}
	}
	full := map[string]bool{} // words of those named in full
	for i := range c.names {
		if n := &c.names[i]; n.form == personName && len(n.words) > 1 {
			full[n.words[0]], full[n.words[len(n.words)-1]] = true, true
		}
	}
	for i := range c.names {
		if n := &c.names[i]; len(n.words) > 0 && (n.form == unknownName || n.form == personName) && votes[strings.Join(n.words, " ")] > 0 && (!full[n.words[0]] || len(n.words) == 2) {
			n.form, n.gender = organName, 0
		}
	}
}

// chief says whether a chief executive stands at token i, before a name: "Vantor CEO Ada Holm".
func (c *cast) chief(i int) bool {
	return c.lower(i) == "ceo" && c.upper(i+1) || c.lower(i) == "chief" && c.lower(i+1) == "executive" && c.upper(i+2)
}

// maybeFirm says whether a name may be an organisation's that nothing in it shows.
func (c *cast) maybeFirm(n *name) bool {
	return (n.form == unknownName || n.form == personName && (len(n.words) == 1 || len(n.words) == 2 && c.chief(n.tokens.End))) && len(n.words) > 0 && len(n.words) < 5 &&
		c.tag(n.tokens.End-1) != "NNPS" && lex.nouns.Of(singular(folded(n.words[len(n.words)-1]))).class == 0 && !c.given(n.tokens.First)
}

// organs makes an entity of each organ, state and outlet named.
func (c *cast) organs() {
	for i := range c.names { // "the Finches"
		n := &c.names[i]
		if len(n.words) != 1 || n.form != organName && n.form != unknownName || c.lower(n.tokens.First-1) != "the" {
			continue
		}
		family, plural := strings.CutSuffix(n.words[0], "s")
		if !plural || len(c.families[familyOf([]string{family})]) == 0 && len(c.families[familyOf([]string{strings.TrimSuffix(family, "e")})]) == 0 {
			continue
		}
		key := "family " + family
		e := c.keys[key]
		if e == nil {
			e = c.add(onrecord.Group, n.words[0], n.tokens.First)
			e.words, e.plural = n.words, true
			c.keys[key] = e
		}
		c.of[i] = e
	}
	for i := range c.names {
		if c.of[i] == nil {
			if n := &c.names[i]; n.form == organName || n.form == outletName || n.form == stateForm || n.form == metonym {
				c.of[i] = c.organEntity(n)
			}
		}
	}
	// Short forms of a name given in full: acronyms, and first words that are no word of the language.
	acronyms, firsts := map[string]*entity{}, map[string][]*entity{}
	for _, e := range c.all {
		if e.kind != onrecord.Organisation {
			continue
		}
		if a := initials(e.words); len(a) > 2 {
			if _, ok := acronyms[a]; ok {
				acronyms[a] = nil
			} else {
				acronyms[a] = e
			}
		}
		if len(e.words) > 1 {
			firsts[e.words[0]] = append(firsts[e.words[0]], e)
		}
	}
	merged := map[*entity]*entity{}
	for _, e := range c.all {
		if e.kind != onrecord.Organisation || len(e.words) != 1 {
			continue
		}
		if full := acronyms[strings.ReplaceAll(e.words[0], ".", "")]; full != nil && full != e {
			merged[e] = full
		} else if f := firsts[e.words[0]]; len(f) == 1 && f[0] != e && shortens(e.words[0], f[0].words) && (f[0].first < e.first || organised(f[0].words)) {
			merged[e] = f[0]
		}
	}
	for i := range c.names {
		n := &c.names[i]
		if full := merged[c.of[i]]; full != nil {
			c.of[i] = full
		}
		if c.of[i] == nil && n.form == unknownName && len(n.words) == 1 {
			if f := firsts[n.words[0]]; len(f) == 1 && shortens(n.words[0], f[0].words) {
				c.of[i] = f[0]
			}
		}
	}
	for key, e := range c.keys {
		if to := merged[e]; to != nil {
			c.keys[key] = to
		}
	}
	c.all = slices.DeleteFunc(c.all, func(e *entity) bool { return merged[e] != nil })
}

// organised says whether the last word of a name shows an organisation's.
func organised(words []string) bool {
	last := words[len(words)-1]
	return lex.corporate.Has(last) || lex.nouns.Of(singular(organWord(folded(last)))).class&organNoun != 0
}

// shortens says whether an organ may be called by the first word of its name: not where that is a word of the language (the Senate
// is not the Senate Republicans), holds a digit, or the whole is a line of capitals.
func shortens(first string, words []string) bool {
	if n := len(words); n == 2 && (folded(words[1]) == "department" || folded(words[1]) == "ministry") { // "the Treasury"
		return true
	}
	return lex.nouns.Of(folded(first)).class == 0 && !lex.shared.Has(first) && !strings.ContainsAny(first, "0123456789") && strings.Join(words, "") != strings.ToUpper(strings.Join(words, ""))
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w[0] >= 'A' && w[0] <= 'Z' {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// organEntity is the entity of an organ, state or outlet by one of its names.
func (c *cast) organEntity(n *name) *entity {
	shown := strings.Join(n.words, " ")
	shown = together.Replace(shown)
	if full := lex.inFull.Of(shown); full != "" {
		shown, n.words = full, strings.Fields(full)
	}
	kind, key := onrecord.Organisation, ""
	switch n.form {
	case stateForm:
		kind, shown, key = onrecord.State, n.state, "state "+n.state
	case metonym:
		kind, key = onrecord.State, "metonym "+shown
	case outletName:
		if canonical, k := Outlet(c.d, n.tokens.First); k == n.tokens.End-n.tokens.First {
			shown = canonical
		}
		key = "outlet " + shown
	default:
		if key = c.organKey(n.words); n.known != "" {
			key = "known " + n.known
		}
		if e := c.keys[key+" "+n.state]; e != nil {
			c.callOrgan(e, n, shown)
			return e
		}
		if n.state == "" {
			if e := c.keys[key]; e != nil {
				c.callOrgan(e, n, shown)
				return e
			}
		}
	}
	e := c.keys[key]
	if e == nil || n.form == organName && n.state != "" && e.state != "" && e.state != n.state {
		e = c.add(kind, shown, n.tokens.First)
		e.words = n.words
		c.keys[key] = e
	}
	if e.state == "" {
		e.state = n.state
	}
	if n.form == organName {
		c.keys[key+" "+n.state] = e
	}
	c.callOrgan(e, n, shown)
	return e
}

// callOrgan notes the words of an organ's name.
func (c *cast) callOrgan(e *entity, n *name, shown string) {
	if e.kind == onrecord.Organisation && n.form != outletName && fuller(shown, e.name) {
		e.name, e.words = shown, n.words
	}
	for _, w := range n.words {
		w = organWord(folded(w))
		e.mods[w] = true
		if lex.nouns.Of(singular(w)).class&organNoun != 0 {
			e.heads[singular(w)] = true
		}
	}
	if n.state != "" {
		e.mods[strings.ToLower(n.state)] = true
	}
	if n.form == outletName {
		e.outlet = true
		if last := n.words[len(n.words)-1]; lex.mastheads.Has(last) && last != "News" && last != "Radio" && last != "TV" && last != "Television" || last == "Guardian" {
			e.heads["newspaper"] = true
		} else {
			e.heads["agency"], e.heads["network"], e.heads["channel"] = true, true, true
		}
	}
}

// fuller says whether a is the better name of the two: without a possessive, then longer.
func fuller(a, b string) bool {
	if ap, bp := strings.ContainsAny(a, "'’"), strings.ContainsAny(b, "'’"); ap != bp {
		return bp
	}
	return len(a) > len(b)
}

// organKey is what two names of one organ share: its words without its state, in any order.
func (r *reader) organKey(words []string) string {
	var kept []string
	for i := 0; i < len(words); i++ {
		skip := 0
		for n := min(3, len(words)-i); n > 0; n-- {
			if p, ok := r.placeNamed(words[i : i+n]); ok && (p.kind == stateName || p.kind == demonym) && n < len(words) {
				skip = n
				break
			}
		}
		if skip > 0 {
			i += skip - 1
			continue
		}
		w := organWord(folded(words[i]))
		if w == "of" || w == "the" || w == "for" || w == "and" || w == "&" || w == "'s" || w == "’s" {
			continue
		}
		kept = append(kept, w)
	}
	slices.Sort(kept)
	return "organ " + strings.Join(kept, " ")
}

// surface is the words of t as one line.
func (c *cast) surface(t text.Range) string {
	return strings.Join(strings.Fields(c.d.Span(t).Of(c.d.Text)), " ")
}

// meet notes a mention, in text order.
func (c *cast) meet(e *entity, t text.Range, subject bool) {
	e.spans[c.d.Span(t)] = true
	c.mentions = append(c.mentions, mention{token: t.First, entity: e, subject: subject})
}

// rolesOf lists roles, one of those that differ in capitals only.
func rolesOf(roles map[string]bool) []string {
	sorted := slices.Sorted(maps.Keys(roles))
	seen := map[string]bool{}
	return slices.DeleteFunc(sorted, func(role string) bool {
		key := strings.ToLower(role)
		again := seen[key]
		seen[key] = true
		return again
	})
}

// speakers are the entities to keep, by first mention, and the index of each statement's.
func (c *cast) speakers() []onrecord.Speaker {
	slices.SortStableFunc(c.all, func(a, b *entity) int { return cmp.Compare(a.first, b.first) })
	index := map[*entity]int{}
	var out []onrecord.Speaker
	for _, e := range c.all {
		if !e.keep {
			continue
		}
		index[e] = len(out)
		s := onrecord.Speaker{Name: e.name, Kind: e.kind, State: e.state, Roles: rolesOf(e.roles), Learned: e.learnt, Confidence: sureName}
		delete(e.also, e.name)
		s.Aliases = slices.Sorted(maps.Keys(e.also))
		s.Spans = slices.SortedFunc(maps.Keys(e.spans), func(a, b onrecord.Span) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
		end := 0
		s.Spans = slices.DeleteFunc(s.Spans, func(p onrecord.Span) bool {
			if p.Start < end {
				return true
			}
			end = p.End
			return false
		})
		if e.kind == onrecord.Unnamed {
			s.Unnamed = e.sorts()
		}
		if e.links > 0 {
			s.Confidence = e.sure / float64(e.links)
		}
		out = append(out, s)
	}
	for i := range c.statements {
		s := &c.statements[i]
		if s.By, s.SpeakerConfidence = -1, c.sure[i]; c.speaker[i] != nil {
			s.By = index[c.speaker[i]]
		}
	}
	return out
}
