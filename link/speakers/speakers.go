// Package speakers merges the speakers of articles into speakers across articles, by name, role, story and a table of those who are
// known; and speakers of several periods into those of the whole record.
package speakers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
)

// A voice is a speaker of one article, on the way to a speaker across articles.
type voice struct {
	*onrecord.Speaker
	doc   int
	story int
	words []string // of a person's name
	key   string   // folded name, of others
	roles []string // content words of the roles
	// trades are the walks of life that the roles tell.
	trades []string
	suffix string // "jr": see suffixes
	speaks bool   // makes a statement of its article
	short  bool   // called by a short form that means other things too
	why    string // why it is one with another voice, if it is
	sure   float64
}

// A Cast is the speakers across articles as they are found: a forest over voices.
type Cast struct {
	docs   []*corpus.Doc
	Voices []voice
	set.Forest
	ByID  map[string]int // speaker of one article -> voice
	names *names.Synonyms
	organ map[string]bool // folded names of organisations
	Sides [][]string      // by root: the states and organs it speaks for
	table *Table          // may be nil
	known map[int]int     // root -> speaker of the table, or below -1: see Table.find
}

// Find takes a corpus, the story of every document, the names that are one and the table of known speakers, which may be nil, and
// gives the speakers across articles: it merges the speakers of articles. Named persons merge by their full names unless their roles speak against it, a
// family name alone joins the one full name of its story that bears it, organs and states merge by name, and what has no name
// merges with nothing.
func Find(in *corpus.Corpus, storyOf []int, known *names.Synonyms, table *Table) *Cast {
	docs := in.Docs
	c := &Cast{docs: docs, ByID: map[string]int{}, names: known, organ: map[string]bool{}}
	for i, d := range docs {
		speaks := map[string]bool{}
		for k := range d.Statements {
			speaks[d.Statements[k].Speaker] = true
		}
		for k := range d.Speakers {
			s := &d.Speakers[k]
			v := voice{Speaker: s, doc: i, story: storyOf[i], speaks: speaks[s.ID]}
			switch s.Kind {
			case onrecord.Person:
				v.words, v.suffix = names.PersonWords(s.Name), names.SuffixOf(s.Name)
			case onrecord.Organisation, onrecord.State, onrecord.Document:
				v.key = known.Organ(s)
				v.short = s.Kind == onrecord.Organisation && known.Short[v.key] != nil
				c.organ[names.Fold(s.Name)] = true
			}
			for _, r := range s.Roles {
				for _, w := range officeWords(r) {
					if len(w) > 2 {
						v.roles = append(v.roles, corpus.Stem(w))
					}
				}
			}
			v.trades = tradesOf(s.Roles)
			c.ByID[s.ID] = len(c.Voices)
			c.Voices = append(c.Voices, v)
		}
	}
	c.Forest = set.NewForest(len(c.Voices))
	c.know(table)
	c.fullNames(in.Vectors, in.Words)
	c.familyNames()
	c.organs()
	c.findSides()
	return c
}

// A bearer is a person of a full name, as found so far.
type bearer struct {
	first    int   // voice
	latest   []int // voices that joined it, bearersLatest at most
	articles int
	stories  map[int]bool
	roles    []string
	trades   []string
}

// bearersLatest is how many articles that name a bearer another one is held against, besides the first.
const bearersLatest = 7

// What speaks for a voice being the bearer of its name, least first.
const (
	isNamesake = iota
	mayBeBearer
	sharesRole
	sharesStory
)

// fullNames merges persons of one full name: a voice joins the bearer of its name for whom most speaks, of equals the one named most.
func (c *Cast) fullNames(vectors [][]corpus.Term, words *corpus.Vocabulary) {
	families := c.suffixed()
	byFamily := map[string][]*bearer{} // by skeleton of the family name and class of the given name's first letter, in order
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		var best *bearer
		most := isNamesake
		for _, key := range givenKeys(v.words) {
			for _, b := range byFamily[key][max(0, len(byFamily[key])-mostBearers):] {
				w := &c.Voices[b.first]
				if !names.SamePerson(v.words, w.words) || v.suffix != w.suffix && (families[shortName(v.words)] || families[shortName(w.words)]) {
					continue
				}
				if n := c.bears(i, b, vectors, words); n > most || n == most && n > isNamesake && b.articles > best.articles {
					best, most = b, n
				}
			}
		}
		if best == nil {
			best = &bearer{first: i, stories: map[int]bool{}}
			for _, key := range givenKeys(v.words) {
				byFamily[key] = append(byFamily[key], best)
			}
		} else {
			c.same(i, best.first, c.fullNameWhy(v, best, most), 1)
			if best.latest = append(best.latest, i); len(best.latest) > bearersLatest {
				best.latest = best.latest[1:]
			}
		}
		best.stories[v.story] = true
		best.articles++
		best.roles, best.trades = set.Union(best.roles, v.roles), set.Union(best.trades, v.trades)
	}
}

// mostBearers is how many persons of a family name whose given names begin alike are told apart at most: the last ones.
const mostBearers = 256

// same makes one speaker of two voices, because of why.
func (c *Cast) same(i, j int, why string, sure float64) {
	c.Voices[i].why, c.Voices[i].sure = why, sure
	k, ok := c.known[c.Root(i)]
	c.Join(i, j)
	if _, known := c.known[c.Root(i)]; ok && !known {
		c.known[c.Root(i)] = k
	}
}

func (c *Cast) fullNameWhy(v *voice, b *bearer, evidence int) string {
	w := &c.Voices[b.first]
	why := "the same full name"
	if strings.Join(v.words, " ") != strings.Join(w.words, " ") {
		why = fmt.Sprintf("forms of one full name: %s, %s", min(v.Name, w.Name), max(v.Name, w.Name))
	}
	switch {
	case evidence == sharesStory:
		return why + ", in one story"
	case set.Meet(v.roles, b.roles):
		return why + ", with words of their roles in common"
	case evidence == sharesRole:
		return why + ", with roles of one walk of life"
	case len(v.roles) > 0 && len(b.roles) > 0:
		return why + ", in articles that are alike"
	}
	return why + ", with no role that speaks against it"
}

// suffixed are the names that one article gives to two persons, apart by "Jr." and its like: elsewhere a name without stands for
// the one without.
func (c *Cast) suffixed() map[string]bool {
	type in struct {
		doc  int
		name string
	}
	seen, two := map[in]string{}, map[string]bool{}
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		k := in{v.doc, shortName(v.words)}
		if other, ok := seen[k]; ok && other != v.suffix {
			two[k.name] = true
		}
		seen[k] = v.suffix
	}
	return two
}

// shortName is the given and the family name, without an initial before them.
func shortName(words []string) string {
	if len(words) > 2 && len(words[0]) == 1 {
		words = words[1:]
	}
	return words[0] + " " + words[len(words)-1]
}

// givenKeys are the keys under which persons of a name are looked for: the sound of the family name with the first letters with
// which the given name, or what it is short for, may begin.
func givenKeys(words []string) []string {
	family := names.Skeleton(words[len(words)-1])
	keys := []string{family + " " + names.LetterClass(words[0])}
	more := names.GivenNames[words[0]]
	if len(words[0]) == 1 && len(words) > 2 {
		more = words[1:2] // "K. Michael Conaway"
	}
	for _, long := range more {
		if k := family + " " + names.LetterClass(long); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// kin are what persons are to persons.
var kin = set.Of("father mother son daughter brother sister wife husband uncle aunt cousin nephew niece grandfather grandmother grandson granddaughter widow widower fiance fiancee girlfriend boyfriend friend colleague partner stepson stepdaughter mentor")

// officeWords are the words of a role; none where it says who somebody is to somebody ("father of the bride"), which is no office.
func officeWords(role string) []string {
	words := names.Words(role)
	if slices.ContainsFunc(words, func(w string) bool { return kin[w] }) {
		return nil
	}
	return words
}

// trades are walks of life by the words that roles name them with: a minister may be the mayor of other years, hardly the goalkeeper.
var trades = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(`
politics: president premier chancellor minister secretary undersecretary senator sen representative rep congressman congresswoman lawmaker legislator deputy mp governor gov mayor speaker whip ambassador envoy diplomat candidate nominee councillor councilman commissioner democrat democratic republican labour labor senate house parliament party chairman chairwoman committee caucus gop tory rival presidential federal administration spokesman spokeswoman spokesperson aide adviser advisor strategist pollster campaign
forces: general gen colonel col admiral adm major brigadier commander lieutenant lt sergeant soldier marine pilot marshal
police: police constable detective inspector superintendent sheriff
law: judge justice prosecutor lawyer attorney barrister solicitor magistrate
sport: coach player goalkeeper keeper striker midfielder defender batsman bowler quarterback pitcher manager grandmaster champion referee athlete sprinter boxer golfer jockey skier swimmer
trade: chief executive ceo cfo founder entrepreneur banker trader economist analyst investor
land: farmer fisherman skipper miner miller baker shepherd herder forester
arts: actor actress singer director author writer novelist poet painter sculptor musician composer conductor dancer comedian playwright curator
press: journalist reporter editor correspondent columnist broadcaster blogger
learning: professor scientist researcher historian astronomer physicist chemist biologist teacher headmaster principal lecturer student
medicine: doctor physician surgeon nurse midwife epidemiologist psychiatrist veterinarian
faith: bishop archbishop priest pastor imam rabbi cardinal pope vicar
`)) {
		trade, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			m[w] = trade
		}
	}
	return m
}()

// bears says what speaks for a voice being the bearer of its name. It is a namesake where they stand in different stories, their roles
// share no word and tell of no walk of life in common, and the articles are not alike.
func (c *Cast) bears(i int, b *bearer, vectors [][]corpus.Term, words *corpus.Vocabulary) int {
	v := &c.Voices[i]
	switch {
	case c.two(c.Root(i), c.Root(b.first)):
		return isNamesake
	case b.stories[v.story]:
		return sharesStory
	case set.Meet(v.roles, b.roles) || set.Meet(v.trades, b.trades):
		return sharesRole
	case len(v.roles) == 0 || len(b.roles) == 0:
		return mayBeBearer
	}
	for _, j := range append([]int{b.first}, b.latest...) {
		x, y := vectors[v.doc], vectors[c.Voices[j].doc]
		like := corpus.Dot(x, y)
		for _, w := range v.words { // the name itself is no evidence
			if id, ok := words.Stems[corpus.Stem(w)]; ok {
				like -= weightOf(x, id) * weightOf(y, id)
			}
		}
		if like >= namesakeLikeness {
			return mayBeBearer
		}
	}
	return isNamesake
}

func weightOf(vector []corpus.Term, id int32) float64 {
	k, ok := slices.BinarySearchFunc(vector, id, func(t corpus.Term, id int32) int { return cmp.Compare(t.ID, id) })
	if !ok {
		return 0
	}
	return vector[k].Weight
}

// namesakeLikeness is the likeness of two articles under which two persons of one name with different roles are two.
const namesakeLikeness = 0.08

// mostRelatives is how many persons of one family name in a story are told apart by their roles, and one more.
const mostRelatives = 9

// familyNames joins a voice known by one word to the one person of its story whose full name has that word at its end, of several to
// the one with words of its roles, or, where the story has none, to another of that word in the story.
func (c *Cast) familyNames() {
	type at struct {
		story        int
		name, suffix string
	}
	full := map[at][]int{}      // roots
	roles := map[int][]string{} // by root
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		k, r := at{v.story, names.Sound(v.words[len(v.words)-1]), ""}, c.Root(i)
		for _, suffix := range []string{"", v.suffix} { // a family name alone may be a son's, one with "Jr." is not the father's
			k.suffix = suffix
			if len(full[k]) < mostRelatives && !slices.Contains(full[k], r) {
				full[k] = append(full[k], r)
			}
		}
		roles[r] = set.Union(roles[r], v.roles)
	}
	alone := map[at]int{}
	var left []int // voices known by a family name alone, in a story that has no full name
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) != 1 {
			continue
		}
		k := at{v.story, names.Sound(v.words[0]), v.suffix}
		switch roots := full[k]; len(roots) {
		default:
			roots = slices.DeleteFunc(slices.Clone(roots), func(r int) bool { return !set.Meet(v.roles, roles[r]) })
			if len(roots) == 1 && len(full[k]) < mostRelatives {
				c.same(i, roots[0], "a family name alone, in a story with one person of that name and role", familySure)
			}
		case 1:
			c.same(i, roots[0], "a family name alone, in a story with one person of that name", familySure)
		case 0:
			if j, ok := alone[k]; ok {
				c.same(i, j, "the same family name alone, in one story", familySure)
			} else {
				alone[k] = i
				left = append(left, i)
			}
		}
	}
	// A story that has the family name only: the one person of the record with that name, if the roles say so too.
	type held struct{ name, role string }
	bearers := map[held][]int{} // roots
	for i := range c.Voices {
		if v := &c.Voices[i]; v.Kind == onrecord.Person && len(v.words) > 1 {
			name, r := names.Sound(v.words[len(v.words)-1]), c.Root(i)
			for _, role := range v.roles {
				if k := (held{name, role}); len(bearers[k]) < 2 && !slices.Contains(bearers[k], r) {
					bearers[k] = append(bearers[k], r)
				}
			}
		}
	}
	for _, i := range left {
		v := &c.Voices[i]
		var who []int
		for _, role := range v.roles {
			for _, r := range bearers[held{names.Sound(v.words[0]), role}] {
				if r = c.Root(r); !slices.Contains(who, r) {
					who = append(who, r)
				}
			}
		}
		if len(who) == 1 {
			c.same(i, who[0], "a family name alone, and one person of the record who has that name and role", recordSure)
		}
	}
}

// organs merges organisations, states and documents by name; an acronym, or a short form that means other things too, joins the one
// organisation of its story that it stands for.
func (c *Cast) organs() {
	first := map[string]int{}
	type at struct {
		story int
		name  string
	}
	long := map[at][]int{}
	shorts := map[string][]string{} // of classes
	for _, short := range slices.Sorted(maps.Keys(c.names.Short)) {
		for _, class := range c.names.Short[short] {
			shorts[class] = append(shorts[class], short)
		}
	}
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.key == "" {
			continue
		}
		key := v.Kind + " " + v.key
		if v.Kind == onrecord.Organisation && generic(v.Name) {
			continue
		}
		if v.short {
			key += fmt.Sprint(" of story ", v.story)
		}
		if j, ok := first[key]; ok {
			c.same(i, j, organWhy(v, &c.Voices[j]), 1)
		} else {
			first[key] = i
		}
		if v.Kind != onrecord.Organisation {
			continue
		}
		stands := func(a string) {
			if k, r := (at{v.story, a}), c.Root(i); len(long[k]) < 2 && !slices.Contains(long[k], r) {
				long[k] = append(long[k], r)
			}
		}
		for _, a := range shorts[v.key] {
			stands(a)
		}
		if a := names.Acronym(v.Name); len(a) > 2 && !slices.Contains(shorts[v.key], a) {
			stands(a)
		}
	}
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Organisation || strings.ToUpper(v.Name) != v.Name && !v.short {
			continue
		}
		if roots := long[at{v.story, names.Fold(v.Name)}]; len(roots) == 1 {
			c.same(i, roots[0], "short for the one organisation of its story that it may stand for: "+v.Name, 1)
		}
	}
}

func organWhy(a, b *voice) string {
	if names.Fold(a.Name) == names.Fold(b.Name) {
		return "the same name"
	}
	return fmt.Sprintf("two names for one: %s, %s", min(a.Name, b.Name), max(a.Name, b.Name))
}

// generic says whether an organisation's name is a common noun, which names another one in every article.
func generic(name string) bool { return strings.ToLower(name) == name }

// Of is the root of a speaker of one article, or -1.
func (c *Cast) Of(speaker string) int {
	if i, ok := c.ByID[speaker]; ok {
		return c.Root(i)
	}
	return -1
}

// ID is the id of the speaker across articles at a root: that of its first mention, so that it stays as the record grows.
func (c *Cast) ID(root int) string {
	return onrecord.NewID(onrecord.SpeakerKind, "across", c.Voices[root].ID)
}

// rows are the speakers across the window's own articles, without names to unite them by, and which speaker of an article each
// stands for.
func (c *Cast) rows(leads map[int][]onrecord.Lead) ([]Part, map[string]string) {
	of := make(map[string]string, len(c.Voices))
	members := map[int][]int{}
	var roots []int
	for i := range c.Voices {
		if c.docs[c.Voices[i].doc].Next {
			continue
		}
		r := c.Root(i)
		if members[r] == nil {
			roots = append(roots, r)
		}
		members[r] = append(members[r], i)
	}
	rows := make([]Part, 0, len(roots))
	for _, r := range roots {
		id := c.ID(r)
		s := onrecord.Speaker{ID: id, Kind: c.Voices[r].Kind, Confidence: 1}
		uses := map[string]int{}
		for _, i := range members[r] {
			v := &c.Voices[i]
			of[v.ID] = id
			uses[v.Name]++
			s.Aliases = append(s.Aliases, v.Aliases...)
			s.Roles = append(s.Roles, v.Roles...)
			s.Learned = append(s.Learned, v.Learned...)
			s.State = cmp.Or(s.State, v.State)
			sure := v.Confidence
			if v.sure > 0 {
				sure *= v.sure
			}
			if sure > 0 {
				s.Confidence = min(s.Confidence, sure)
			}
		}
		for n, k := range uses {
			if fuller(n, k, s.Name, uses[s.Name]) {
				s.Name = n
			}
		}
		for n := range uses {
			s.Aliases = append(s.Aliases, n)
		}
		slices.Sort(s.Aliases)
		s.Aliases = slices.DeleteFunc(slices.Compact(s.Aliases), func(a string) bool { return a == s.Name })
		slices.Sort(s.Roles)
		s.Roles = slices.Compact(s.Roles)
		p := Part{Speaker: s}
		p.Articles, p.Why = c.reasons(members[r])
		p.Speaker.Basis, p.Speaker.Tenures = speakerBasis(p.Articles, p.Why), c.tenures(members[r])
		p.Speaker.Leads = slices.Clone(leads[r])
		c.tell(r, &p)
		rows = append(rows, p)
	}
	return rows, of
}

// reasons are why voices are one speaker, with how often each holds, and the number of their articles.
func (c *Cast) reasons(members []int) (articles int, why map[string]int) {
	in := map[int]bool{}
	for _, i := range members {
		in[c.Voices[i].doc] = true
		if w := c.Voices[i].why; w != "" && len(members) > 1 {
			if why == nil {
				why = map[string]int{}
			}
			why[w]++
		}
	}
	return len(in), why
}

// speakerBasis shows reasons, the most frequent first.
func speakerBasis(articles int, why map[string]int) []string {
	reasons := slices.Sorted(maps.Keys(why))
	slices.SortStableFunc(reasons, func(a, b string) int { return cmp.Compare(why[b], why[a]) })
	out := []string{fmt.Sprintf("named in %s", corpus.Plural(articles, "article"))}
	for _, w := range reasons {
		out = append(out, fmt.Sprintf("%s (%d×)", w, why[w]))
	}
	return out
}

// tenures are the roles of voices, from the first to the last publication that gives each.
func (c *Cast) tenures(members []int) []onrecord.Tenure {
	type held struct {
		shown       string
		from, until time.Time
		articles    map[int]bool
	}
	of := map[string]*held{}
	for _, i := range members {
		v := &c.Voices[i]
		day, dated := c.docs[v.doc].Article.Published.Day()
		for _, role := range v.Roles {
			key := names.Fold(role)
			h := of[key]
			if h == nil {
				h = &held{shown: role, articles: map[int]bool{}}
				of[key] = h
			}
			h.shown = min(h.shown, role)
			h.articles[v.doc] = true
			if dated && (h.from.IsZero() || day.Before(h.from)) {
				h.from = day
			}
			if dated && day.After(h.until) {
				h.until = day
			}
		}
	}
	var out []onrecord.Tenure
	for _, key := range slices.Sorted(maps.Keys(of)) {
		h := of[key]
		out = append(out, onrecord.Tenure{Role: h.shown, From: h.from, To: h.until, Basis: corpus.Plural(len(h.articles), "article")})
	}
	return out
}

// familySure is how sure it is that a family name alone is the person of that name in the story; recordSure, of the whole record.
const (
	familySure = 0.9
	recordSure = 0.8
)

// fuller says whether name a, used m times, shows a speaker better than b, used n times.
func fuller(a string, m int, b string, n int) bool {
	wa, wb := len(strings.Fields(a)), len(strings.Fields(b))
	return b == "" || cmp.Or(cmp.Compare(min(wa, 2), min(wb, 2)), cmp.Compare(m, n), cmp.Compare(wa, wb), -cmp.Compare(a, b)) > 0
}
