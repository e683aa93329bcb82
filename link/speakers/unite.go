package speakers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/names"
	"github.com/onrecord/onrecord/reading/speaker"
)

// A Part is a speaker across the articles of one period, on the way to one across all.
type Part struct {
	Name     string           // what it merges by; "" for one that merges with no other
	Speaker  onrecord.Speaker // its row; its ID is the part's; without Basis where it has a name, which [Unite] gives it
	Articles int              // in which it is named
	Why      map[string]int   // why it is one, and how often each reason holds
	First    Mention
}

// A Mention is where a speaker is named for the first time: the article, its moment (see [corpus.Moment]), and the place among the article's
// speakers. Parts of one name are united in the order of their first mentions.
type Mention struct {
	Moment  int64
	Article string
	Place   int
}

// Compare orders mentions as articles are ordered.
func (m Mention) Compare(o Mention) int {
	return cmp.Or(cmp.Compare(m.Moment, o.Moment), cmp.Compare(m.Article, o.Article), cmp.Compare(m.Place, o.Place))
}

// Parts are the speakers of the window's own articles, which part each speaker of an article is, and the names of the parts that
// speakers of the next period's articles belong to.
func (c *Cast) Parts(leads map[int][]onrecord.Lead, claimed map[string]string) (parts []Part, of, next map[string]string) {
	parts, of = c.rows(leads)
	name := make([]string, len(c.Voices)) // by root
	given := make([]int, len(c.Voices))   // letters of the given name in it, or of all
	for i := range c.Voices {
		v, r := &c.Voices[i], c.Root(i)
		n := unitedName(v)
		letters := len(n) // not a short form
		if v.Kind == onrecord.Person && n != "" {
			letters = len(v.words[0]) // "Robert", not "Bob"
		}
		if n != "" && (name[r] == "" || cmp.Or(cmp.Compare(given[r], letters), cmp.Compare(n, name[r])) < 0) {
			name[r], given[r] = n, letters
		}
	}
	for r, who := range c.known {
		if !who.namesake {
			name[r] = "known " + c.table.Speakers[who.speaker].ExternalID
		}
	}
	c.nameRuled(name)
	root := make(map[string]int, len(parts))
	next = map[string]string{}
	for i := range c.Voices {
		r, id := c.Root(i), c.Voices[i].ID
		if name[r] == "" {
			name[r] = claimed[id]
		}
		if !c.docs[c.Voices[i].doc].Next {
			root[of[id]] = r
		} else if name[r] != "" && unitedName(&c.Voices[i]) == "" {
			next[id] = name[r]
		}
	}
	first := map[string]string{} // leads name a speaker of one article, as long as speakers are not united
	if slices.ContainsFunc(parts, func(p Part) bool { return len(p.Speaker.Leads) > 0 }) {
		for i := range c.Voices {
			if c.Root(i) == i {
				first[c.ID(i)] = c.Voices[i].ID
			}
		}
	}
	for k := range parts {
		p := &parts[k]
		if p.Name = name[root[p.Speaker.ID]]; p.Name != "" {
			p.Speaker.Basis = nil
		}
		for k := range p.Speaker.Leads {
			p.Speaker.Leads[k].Speaker = first[p.Speaker.Leads[k].Speaker]
		}
	}
	return parts, of, next
}

// ruledName begins the names of speakers of whom a person said who they are.
const ruledName = "ruled "

// nameRuled gives speakers of whom a person said who they are a name of their own, by root.
func (c *Cast) nameRuled(name []string) {
	joined := map[int]string{}
	for _, j := range c.ruled.Joins {
		joined[j.A], joined[j.B] = j.ID, j.ID
	}
	for i := range c.Voices {
		r := c.Root(i)
		if id := joined[i]; id != "" {
			name[r] = ruledName + id
		}
	}
	for i := range c.Voices {
		if r, side := c.Root(i), c.ruled.Side(i); side != "" && !strings.HasSuffix(name[r], side) {
			name[r] = ruledName + name[r] + " apart " + side
		}
	}
}

// unitedName is the name by which a voice merges with those of other periods: the full name of a person under which its
// transliterations agree, and its short forms where they stand for one name; the key of an organ; "" for a family name alone, a
// short form of an organ, a common noun and what has no name.
func unitedName(v *voice) string {
	switch {
	case v.Kind == onrecord.Person && len(v.words) > 1:
		given, family := v.words[0], v.words[len(v.words)-1]
		if len(given) == 1 && len(v.words) > 2 {
			given = v.words[1] // "K. Michael Conaway"
		}
		if long := names.LongForms(given); len(long) == 1 {
			given = long[0] // "Joe", not "Chris"
		}
		name := v.Kind + " " + spelling(given) + " " + spelling(family)
		if speaker.Sex(given) == "woman" {
			name += " woman" // "Michelle" has the consonants of "Michael"
		}
		return strings.TrimSpace(name + " " + v.suffix)
	case v.key == "" || v.short || v.Kind == onrecord.Organisation && generic(v.Name):
		return ""
	}
	return v.Kind + " " + v.key
}

// spelling is what the spellings of a word of a name have in common, as sameWord has it.
func spelling(w string) string {
	if s := names.Skeleton(w); len(w) >= 5 && len(s) >= 3 {
		return w[:1] + s
	}
	return names.Sound(w)
}

// Unite merges the parts of speakers and says which speaker each part is. Parts of one name
// are one speaker unless their roles share no word and tell of no walk of life in common. Only parts of one name have to do with one
// another: what is united with more of other names is the same.
func Unite(parts []Part) (speakers []onrecord.Speaker, of map[string]string) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b Part) int { return a.First.Compare(b.First) })
	of = make(map[string]string, len(parts))
	groups := [][]int{}
	byName := map[string][]int{} // groups
	roles := make([][]string, 0, len(parts))
	for i, p := range parts {
		own := roleWords(p.Speaker.Roles)
		at := -1
		if p.Name != "" {
			for _, g := range byName[p.Name][max(0, len(byName[p.Name])-mostBearers):] {
				if len(own) == 0 || len(roles[g]) == 0 || set.Meet(own, roles[g]) || p.Speaker.ExternalID != "" || strings.HasPrefix(p.Name, ruledName) {
					at = g
					break
				}
			}
		}
		if at < 0 {
			at = len(groups)
			groups, roles = append(groups, nil), append(roles, nil)
			if p.Name != "" {
				byName[p.Name] = append(byName[p.Name], at)
			}
		}
		groups[at] = append(groups[at], i)
		roles[at] = set.Union(roles[at], own)
	}
	for _, g := range groups {
		s := parts[g[0]].Speaker
		if s.Basis == nil {
			s.Basis = speakerBasis(parts[g[0]].Articles, parts[g[0]].Why)
		}
		for _, i := range g {
			of[parts[i].Speaker.ID] = s.ID
		}
		if len(g) > 1 {
			s = united(parts, g)
		}
		speakers = append(speakers, s)
	}
	return speakers, of
}

// united is the row of several parts.
func united(parts []Part, group []int) onrecord.Speaker {
	s := parts[group[0]].Speaker
	s.Aliases, s.Roles, s.Learned, s.Leads, s.Tenures = nil, nil, nil, nil, nil
	uses, why, articles := map[string]int{}, map[string]int{}, 0
	for _, i := range group {
		p := &parts[i].Speaker
		uses[p.Name] += parts[i].Articles
		articles += parts[i].Articles
		for w, n := range parts[i].Why {
			why[w] += n
		}
		s.Aliases = append(append(s.Aliases, p.Name), p.Aliases...)
		s.Roles = append(s.Roles, p.Roles...)
		s.Learned = append(s.Learned, p.Learned...)
		s.Leads = append(s.Leads, p.Leads...)
		s.Tenures = append(s.Tenures, p.Tenures...)
		s.State, s.ExternalID = cmp.Or(s.State, p.State), cmp.Or(s.ExternalID, p.ExternalID)
		s.Confidence = min(s.Confidence, p.Confidence)
	}
	why["the same name in another stretch of time"] += len(group) - 1
	s.Name = ""
	for _, n := range slices.Sorted(maps.Keys(uses)) {
		if fuller(n, uses[n], s.Name, uses[s.Name]) {
			s.Name = n
		}
	}
	slices.Sort(s.Aliases)
	s.Aliases = slices.DeleteFunc(slices.Compact(s.Aliases), func(a string) bool { return a == s.Name })
	slices.Sort(s.Roles)
	s.Roles = slices.Compact(s.Roles)
	s.Basis, s.Tenures = speakerBasis(articles, why), joinTenures(s.Tenures)
	return s
}

// joinTenures makes one tenure of those of one role that rest on articles.
func joinTenures(all []onrecord.Tenure) []onrecord.Tenure {
	var out []onrecord.Tenure
	at, articles := map[string]int{}, map[string]int{}
	for _, t := range all {
		n := 0
		if _, err := fmt.Sscanf(t.Basis, "%d article", &n); err != nil {
			if !slices.Contains(out, t) {
				out = append(out, t) // what a table says stands as it is
			}
			continue
		}
		key := names.Fold(t.Role)
		k, ok := at[key]
		if !ok {
			at[key] = len(out)
			out = append(out, t)
			articles[key] = n
			continue
		}
		h := &out[k]
		articles[key] += n
		h.Role, h.Basis = min(h.Role, t.Role), corpus.Plural(articles[key], "article")
		if h.From.IsZero() || !t.From.IsZero() && t.From.Before(h.From) {
			h.From = t.From
		}
		if t.To.After(h.To) {
			h.To = t.To
		}
	}
	slices.SortStableFunc(out, func(a, b onrecord.Tenure) int {
		return cmp.Or(cmp.Compare(names.Fold(a.Role), names.Fold(b.Role)), a.From.Compare(b.From))
	})
	return out
}
