package speakers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/reading/speaker"
)

// A bearer is a person of a full name, as found so far.
type bearer struct {
	number   int   // in the order in which they were found
	first    int   // voice
	latest   []int // voices that joined it, bearersLatest at most
	articles int
	stories  map[int]bool
	roles    map[string]bool
	trades   map[string]bool
}

func newBearer(number, voice int) *bearer {
	return &bearer{number: number, first: voice, stories: map[int]bool{}, roles: map[string]bool{}, trades: map[string]bool{}}
}

// take notes what a voice tells of the bearer.
func (b *bearer) take(v *voice) {
	b.stories[v.story] = true
	b.articles++
	for _, r := range v.roles {
		b.roles[r] = true
	}
	for _, t := range v.trades {
		b.trades[t] = true
	}
}

// holds says whether one of the words is among those held.
func holds(held map[string]bool, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return held[w] })
}

// Bearers are persons of full names, by what other forms of their names have in common with them.
type bearers struct {
	by    map[formKey][]*bearer
	count int
}

// A formKey is what the forms of one full name have in common: how the family name sounds, and of the given name what look says.
type formKey struct {
	family string
	look   look
	given  string
}

// A look is what of a given name is looked for.
type look int

const (
	bySound   look = iota // how it sounds, or what it is short for does
	byLetter              // its first letter
	byInitial             // its first letter, of which alone it consists
)

// keys are what a name is put in under, and what those that may be another form of it are looked for under.
func keys(words []string) (under, find []formKey) {
	family := names.Skeleton(words[len(words)-1])
	given := words[:1]
	if len(words[0]) == 1 && len(words) > 2 {
		given = words[:2] // "K. Michael Conaway"
	}
	for _, g := range given {
		for _, form := range append([]string{g}, names.LongForms(g)...) {
			under = set.Union(under, []formKey{{family, bySound, names.Skeleton(form)}})
		}
	}
	initial := words[0][:1]
	if len(words[0]) == 1 {
		return append(under, formKey{family, byLetter, initial}, formKey{family, byInitial, initial}), append(slices.Clip(under), formKey{family, byLetter, initial})
	}
	return append(under, formKey{family, byLetter, initial}), append(slices.Clip(under), formKey{family, byInitial, initial})
}

// like are the bearers of names that may be a form of a name, the last mostBearers for each thing that they have in common, in order.
func (bs *bearers) like(words []string) []*bearer {
	_, find := keys(words)
	var out []*bearer
	for _, k := range find {
		list := bs.by[k]
		out = append(out, list[max(0, len(list)-mostBearers):]...)
	}
	slices.SortFunc(out, func(a, b *bearer) int { return cmp.Compare(a.number, b.number) })
	return slices.Compact(out)
}

// put notes a new bearer of a name.
func (bs *bearers) put(words []string, voice int) *bearer {
	b := newBearer(bs.count, voice)
	bs.count++
	under, _ := keys(words)
	for _, k := range under {
		bs.by[k] = append(bs.by[k], b)
	}
	return b
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
	known := &bearers{by: map[formKey][]*bearer{}}
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		var best *bearer
		most := isNamesake
		for _, b := range known.like(v.words) {
			c.compared++
			w := &c.Voices[b.first]
			if !names.SamePerson(v.words, w.words) || v.suffix != w.suffix && (families[shortName(v.words)] || families[shortName(w.words)]) {
				continue
			}
			if n := c.bears(i, b, vectors, words); n > most || n == most && n > isNamesake && b.articles > best.articles {
				best, most = b, n
			}
		}
		if best == nil {
			best = known.put(v.words, i)
		} else {
			c.same(i, best.first, c.fullNameWhy(v, best, most), 1)
			if best.latest = append(best.latest, i); len(best.latest) > bearersLatest {
				best.latest = best.latest[1:]
			}
		}
		best.take(v)
	}
}

// mostBearers is how many persons whose names may be forms of one are told apart at most: the last ones.
const mostBearers = 64

func (c *Cast) fullNameWhy(v *voice, b *bearer, evidence int) string {
	w := &c.Voices[b.first]
	why := "the same full name"
	if strings.Join(v.words, " ") != strings.Join(w.words, " ") {
		why = fmt.Sprintf("forms of one full name: %s, %s", min(v.Name, w.Name), max(v.Name, w.Name))
	}
	switch {
	case evidence == sharesStory:
		return why + ", in one story"
	case holds(b.roles, v.roles):
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

// bears says what speaks for a voice being the bearer of its name. It is a namesake where they stand in different stories, their roles
// share no word and tell of no walk of life in common, and the articles are not alike.
func (c *Cast) bears(i int, b *bearer, vectors [][]corpus.Term, words *corpus.Vocabulary) int {
	v := &c.Voices[i]
	switch {
	case c.two(c.Root(i), c.Root(b.first)):
		return isNamesake
	case b.stories[v.story]:
		return sharesStory
	case holds(b.roles, v.roles) || holds(b.trades, v.trades):
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

// A familyName is a family name as it sounds in one story, with the suffix of those who have one.
type familyName struct {
	story        int
	name, suffix string
}

// familyNames joins a voice known by one word to the one person of its story whose full name has that word at its end, of several to
// the one with words of its roles, or, where the story has none, to another of that word in the story. Whom an article tells apart,
// "Mrs Holm" from Anton Holm, are two.
func (c *Cast) familyNames() {
	full, roles, named, sexes := c.families()
	alone := map[familyName]int{}
	var left []int // voices known by a family name alone, in a story that has no full name
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) != 1 {
			continue
		}
		k := familyName{v.story, names.Sound(v.words[0]), v.suffix}
		told := func(r int) bool {
			sex := sexOf(v)
			return sex != "" && sexes[r] != "" && sex != sexes[r] || len(v.roles) > 0 && len(roles[r]) > 0 && !holds(roles[r], v.roles) && slices.Contains(named[r], v.doc)
		}
		roots := slices.DeleteFunc(slices.Clone(full[k]), told)
		if len(roots) == 0 && len(full[k]) > 0 {
			continue
		}
		switch len(roots) {
		default:
			roots = slices.DeleteFunc(roots, func(r int) bool { return !holds(roles[r], v.roles) })
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
	c.recordFamilies(left)
}

// sexOf is the sex of a person known by one word, by the form of address before it in an alias: "Mrs Holm"; "" where there is none.
func sexOf(v *voice) string {
	for _, a := range v.Aliases {
		if address, _, ok := strings.Cut(a, " "); ok {
			if sex := speaker.SexOfAddress(address); sex != "" {
				return sex
			}
		}
	}
	return ""
}

// families are the persons, by root, whose full names have a family name in a story, mostRelatives at most, the roles of each, the
// articles that name each in full, and the sex of those whose given name tells it.
func (c *Cast) families() (full map[familyName][]int, roles map[int]map[string]bool, named map[int][]int, sexes map[int]string) {
	full, roles, named, sexes = map[familyName][]int{}, map[int]map[string]bool{}, map[int][]int{}, map[int]string{}
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		k, r := familyName{v.story, names.Sound(v.words[len(v.words)-1]), ""}, c.Root(i)
		for _, suffix := range []string{"", v.suffix} { // a family name alone may be a son's, one with "Jr." is not the father's
			k.suffix = suffix
			if len(full[k]) < mostRelatives && !slices.Contains(full[k], r) {
				full[k] = append(full[k], r)
			}
		}
		named[r] = append(named[r], v.doc)
		sexes[r] = cmp.Or(sexes[r], speaker.Sex(v.words[0]))
		if roles[r] == nil {
			roles[r] = map[string]bool{}
		}
		for _, role := range v.roles {
			roles[r][role] = true
		}
	}
	return full, roles, named, sexes
}

// recordFamilies joins voices of stories that have the family name only to the one person of the record with that name, if the roles
// say so too.
func (c *Cast) recordFamilies(left []int) {
	type held struct{ name, role string }
	bearers := map[held][]int{} // roots
	for i := range c.Voices {
		v := &c.Voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		name, r := names.Sound(v.words[len(v.words)-1]), c.Root(i)
		for _, role := range v.roles {
			if k := (held{name, role}); len(bearers[k]) < 2 && !slices.Contains(bearers[k], r) {
				bearers[k] = append(bearers[k], r)
			}
		}
	}
	for _, i := range left {
		v := &c.Voices[i]
		var who []int
		for _, role := range v.roles {
			for _, r := range bearers[held{names.Sound(v.words[0]), role}] {
				who = set.Union(who, []int{c.Root(r)})
			}
		}
		if len(who) == 1 {
			c.same(i, who[0], "a family name alone, and one person of the record who has that name and role", recordSure)
		}
	}
}

// familySure is how sure it is that a family name alone is the person of that name in the story; recordSure, of the whole record.
const (
	familySure = 0.9
	recordSure = 0.8
)
