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
	place int // among the speakers of the article
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

// call takes the voice's name apart.
func (v *voice) call(known *names.Synonyms) {
	switch s := v.Speaker; s.Kind {
	case onrecord.Person:
		v.words, v.suffix = names.PersonWords(s.Name), names.SuffixOf(s.Name)
	case onrecord.Organisation, onrecord.State, onrecord.Document:
		v.key = known.Organ(s)
		v.short = s.Kind == onrecord.Organisation && known.Short[v.key] != nil
	}
}

// A Cast is the speakers across articles as they are found: a forest over voices.
type Cast struct {
	docs   []*corpus.Doc
	Voices []voice
	set.Forest
	ByID  map[string]int // speaker of one article -> voice
	names *names.Synonyms
	organ map[string]bool  // folded names of organisations
	Sides [][]string       // by root: the states and organs it speaks for
	table *Table           // may be nil
	ruled *corpus.Ruled    // over voices
	known map[int]identity // by root: whom the table knows it as
	// compared counts how often two persons were held against each other.
	compared int
}

// Find takes a corpus, the story of every document, the names that are one and the table of known speakers, which may be nil, and
// gives the speakers across articles. Named persons merge by their full names unless their roles speak against it, a family name alone
// joins the one full name of its story that bears it, organs and states merge by name, and what has no name merges with nothing.
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
			v := voice{Speaker: s, doc: i, place: k, story: storyOf[i], speaks: speaks[s.ID]}
			v.call(known)
			if s.Kind == onrecord.Organisation || s.Kind == onrecord.State || s.Kind == onrecord.Document {
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
	c.rule(in.Ruled)
	c.know(table)
	c.fullNames(in.Vectors, in.Words)
	c.familyNames()
	c.organs()
	c.findSides()
	return c
}

// same makes one speaker of two voices, because of why.
func (c *Cast) same(i, j int, why string, sure float64) {
	if c.ruled.Apart(i, j) {
		return
	}
	c.Voices[i].why, c.Voices[i].sure = why, sure
	k, ok := c.known[c.Root(i)]
	c.Join(i, j)
	if _, known := c.known[c.Root(i)]; ok && !known {
		c.known[c.Root(i)] = k
	}
}

// rule joins the voices that a person said are one speaker.
func (c *Cast) rule(rulings corpus.Rulings) {
	named := map[string][]int{}
	if len(rulings.Of(onrecord.SpeakerKind)) > 0 {
		for i := range c.Voices {
			if n := unitedName(&c.Voices[i]); n != "" {
				named[n] = append(named[n], i)
			}
		}
	}
	c.ruled = rulings.On(onrecord.SpeakerKind, func(_ *corpus.Ruling, id string) []int {
		if i, ok := c.ByID[id]; ok {
			return []int{i}
		}
		kind, name, _ := strings.Cut(id, " ")
		v := voice{Speaker: &onrecord.Speaker{Kind: kind, Name: name}}
		v.call(c.names)
		return named[unitedName(&v)]
	})
	for _, j := range c.ruled.Joins {
		c.same(j.A, j.B, j.Why, 1)
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
	called := map[int]string{} // by root: what a person said its name is, after its kind
	for _, j := range c.ruled.Joins {
		called[c.Root(j.A)] = j.Called
	}
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
		if kind, name, ok := strings.Cut(called[r], " "); ok {
			s.Kind, s.Name = kind, name
		}
		for n := range uses {
			s.Aliases = append(s.Aliases, n)
		}
		slices.Sort(s.Aliases)
		s.Aliases = slices.DeleteFunc(slices.Compact(s.Aliases), func(a string) bool { return a == s.Name })
		slices.Sort(s.Roles)
		s.Roles = slices.Compact(s.Roles)
		first := &c.Voices[members[r][0]]
		p := Part{Speaker: s, First: Mention{c.docs[first.doc].Moment, c.docs[first.doc].Article.ID, first.place}}
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

// fuller says whether name a, used m times, shows a speaker better than b, used n times.
func fuller(a string, m int, b string, n int) bool {
	wa, wb := len(strings.Fields(a)), len(strings.Fields(b))
	return b == "" || cmp.Or(cmp.Compare(min(wa, 2), min(wb, 2)), cmp.Compare(m, n), cmp.Compare(wa, wb), -cmp.Compare(a, b)) > 0
}
