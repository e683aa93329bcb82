package link

import (
	"cmp"
	"slices"
	"strings"

	"onrecord"
)

// A voice is a speaker of one article, on the way to a speaker across articles.
type voice struct {
	*onrecord.Speaker
	doc   int
	story int
	words []string // of a person's name
	key   string   // folded name, of others
	roles []string // content words of the roles
}

// A cast is the speakers across articles as they are found: a forest over voices.
type cast struct {
	docs   []*doc
	voices []voice
	forest
	byID  map[string]int // speaker of one article -> voice
	names *synonyms
	organ map[string]bool // folded names of organisations
	sides [][]string      // by root: the states and organs it speaks for
}

// findSpeakers merges the speakers of articles. Named persons merge by their full names unless their roles speak against it, a
// family name alone joins the one full name of its story that bears it, organs and states merge by name, and what has no name
// merges with nothing. StoryOf is the story of every document.
func findSpeakers(docs []*doc, storyOf []int, vectors [][]term, words *vocabulary, names *synonyms) *cast {
	c := &cast{docs: docs, byID: map[string]int{}, names: names, organ: map[string]bool{}}
	for i, d := range docs {
		for k := range d.Speakers {
			s := &d.Speakers[k]
			v := voice{Speaker: s, doc: i, story: storyOf[i]}
			switch s.Kind {
			case onrecord.Person:
				v.words = personWords(s.Name)
			case onrecord.Organisation, onrecord.State, onrecord.Document:
				v.key = names.organ(s)
				c.organ[foldName(s.Name)] = true
			}
			for _, r := range s.Roles {
				for _, w := range nameWords(r) {
					if len(w) > 2 {
						v.roles = append(v.roles, stemOf(w))
					}
				}
			}
			c.byID[s.ID] = len(c.voices)
			c.voices = append(c.voices, v)
		}
	}
	c.forest = newForest(len(c.voices))
	c.fullNames(vectors, words)
	c.familyNames()
	c.organs()
	c.findSides()
	return c
}

// fullNames merges persons of one full name.
func (c *cast) fullNames(vectors [][]term, words *vocabulary) {
	byFamily := map[string][]int{} // skeleton of the family name, class of the given name's first letter -> clusters' first voices, in order
	for i := range c.voices {
		v := &c.voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		key := skeleton(v.words[len(v.words)-1]) + " " + letterClass(v.words[0])
		joined := false
		for _, j := range byFamily[key] {
			if samePerson(v.words, c.voices[j].words) && !c.namesakes(i, j, vectors, words) {
				c.join(i, j)
				joined = true
				break
			}
		}
		if !joined {
			byFamily[key] = append(byFamily[key], i)
		}
	}
}

// namesakes says whether two voices of one name are two persons: they stand in different stories, their roles share no word, and
// the articles are not alike.
func (c *cast) namesakes(i, j int, vectors [][]term, words *vocabulary) bool {
	a, b := &c.voices[i], &c.voices[j]
	if a.story == b.story || a.doc == b.doc || len(a.roles) == 0 || len(b.roles) == 0 || anyOf(a.roles, b.roles) {
		return false
	}
	like := dot(vectors[a.doc], vectors[b.doc])
	for _, w := range a.words { // the name itself is no evidence
		if id, ok := words.stems[stemOf(w)]; ok {
			like -= weightOf(vectors[a.doc], id) * weightOf(vectors[b.doc], id)
		}
	}
	return like < namesakeLikeness
}

func weightOf(vector []term, id int32) float64 {
	k, ok := slices.BinarySearchFunc(vector, id, func(t term, id int32) int { return cmp.Compare(t.id, id) })
	if !ok {
		return 0
	}
	return vector[k].weight
}

// namesakeLikeness is the likeness of two articles under which two persons of one name with different roles are two.
const namesakeLikeness = 0.08

func anyOf(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// familyNames joins a voice known by one word to the one person of its story whose full name has that word at its end, or, where
// the story has none, to another of that word in the story.
func (c *cast) familyNames() {
	type at struct {
		story int
		name  string
	}
	full := map[at][]int{} // roots
	for i := range c.voices {
		v := &c.voices[i]
		if v.Kind != onrecord.Person || len(v.words) < 2 {
			continue
		}
		k := at{v.story, sound(v.words[len(v.words)-1])}
		if r := c.root(i); !slices.Contains(full[k], r) {
			full[k] = append(full[k], r)
		}
	}
	alone := map[at]int{}
	for i := range c.voices {
		v := &c.voices[i]
		if v.Kind != onrecord.Person || len(v.words) != 1 {
			continue
		}
		k := at{v.story, sound(v.words[0])}
		switch roots := full[k]; len(roots) {
		case 1:
			c.join(i, roots[0])
		case 0:
			if j, ok := alone[k]; ok {
				c.join(i, j)
			} else {
				alone[k] = i
			}
		}
	}
}

// organs merges organisations, states and documents by name; an acronym joins the one organisation of its story that it abbreviates.
func (c *cast) organs() {
	first := map[string]int{}
	type at struct {
		story int
		name  string
	}
	long := map[at][]int{}
	for i := range c.voices {
		v := &c.voices[i]
		if v.key == "" {
			continue
		}
		key := v.Kind + " " + v.key
		if v.Kind == onrecord.Organisation && generic(v.Name) {
			continue
		}
		if j, ok := first[key]; ok {
			c.join(i, j)
		} else {
			first[key] = i
		}
		if a := acronym(v.Name); v.Kind == onrecord.Organisation && len(a) > 2 {
			if k, r := (at{v.story, a}), c.root(i); !slices.Contains(long[k], r) {
				long[k] = append(long[k], r)
			}
		}
	}
	for i := range c.voices {
		v := &c.voices[i]
		if v.Kind != onrecord.Organisation || strings.ToUpper(v.Name) != v.Name {
			continue
		}
		if roots := long[at{v.story, foldName(v.Name)}]; len(roots) == 1 {
			c.join(i, roots[0])
		}
	}
}

// generic says whether an organisation's name is a common noun, which names another one in every article.
func generic(name string) bool { return strings.ToLower(name) == name }

// of is the root of a speaker of one article, or -1.
func (c *cast) of(speaker string) int {
	if i, ok := c.byID[speaker]; ok {
		return c.root(i)
	}
	return -1
}

// id is the id of the speaker across articles at a root: that of its first mention, so that it stays as the record grows.
func (c *cast) id(root int) string {
	return onrecord.NewID(onrecord.SpeakerKind, "across", c.voices[root].ID)
}

// rows are the speakers across the window's own articles, and which speaker of an article each stands for.
func (c *cast) rows() ([]onrecord.Speaker, map[string]string) {
	of := make(map[string]string, len(c.voices))
	members := map[int][]int{}
	var roots []int
	for i := range c.voices {
		if c.docs[c.voices[i].doc].next {
			continue
		}
		r := c.root(i)
		if members[r] == nil {
			roots = append(roots, r)
		}
		members[r] = append(members[r], i)
	}
	rows := make([]onrecord.Speaker, 0, len(roots))
	for _, r := range roots {
		id := c.id(r)
		s := onrecord.Speaker{ID: id, Kind: c.voices[r].Kind, Confidence: 1}
		uses := map[string]int{}
		for _, i := range members[r] {
			v := &c.voices[i]
			of[v.ID] = id
			uses[v.Name]++
			s.Aliases = append(s.Aliases, v.Aliases...)
			s.Roles = append(s.Roles, v.Roles...)
			s.Learned = append(s.Learned, v.Learned...)
			s.State = cmp.Or(s.State, v.State)
			sure := v.Confidence
			if len(v.words) == 1 && len(members[r]) > 1 {
				sure *= familySure
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
		rows = append(rows, s)
	}
	return rows, of
}

// familySure is how sure it is that a family name alone is the person of that name in the story.
const familySure = 0.9

// fuller says whether name a, used m times, shows a speaker better than b, used n times.
func fuller(a string, m int, b string, n int) bool {
	wa, wb := len(strings.Fields(a)), len(strings.Fields(b))
	return b == "" || cmp.Or(cmp.Compare(min(wa, 2), min(wb, 2)), cmp.Compare(m, n), cmp.Compare(wa, wb), -cmp.Compare(a, b)) > 0
}
