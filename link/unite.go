package link

import (
	"cmp"
	"slices"

	"onrecord"
)

// A Part is a speaker across the articles of one period, on the way to one across all.
type Part struct {
	Name    string           // what it merges by; "" for one that merges with no other
	Speaker onrecord.Speaker // its row; its ID is the part's
}

// parts are the speakers of the window's own articles, which part each speaker of an article is, and the names of the parts that
// speakers of the next period's articles belong to.
func (c *cast) parts(taken map[string]string) (parts []Part, of, names map[string]string) {
	rows, of := c.rows()
	name := make([]string, len(c.voices)) // by root
	for i := range c.voices {
		v, r := &c.voices[i], c.root(i)
		if name[r] == "" || v.Kind == onrecord.Person && len(v.words) > 1 && len(c.voices[r].words) < 2 {
			name[r] = unitedName(v)
		}
	}
	for i := range c.voices {
		if r := c.root(i); name[r] == "" {
			name[r] = taken[c.voices[i].ID]
		}
	}
	byID := make(map[string]int, len(rows))
	names = map[string]string{}
	for i := range c.voices {
		r := c.root(i)
		if !c.docs[c.voices[i].doc].next {
			byID[of[c.voices[i].ID]] = r
		} else if name[r] != "" && unitedName(&c.voices[i]) == "" {
			names[c.voices[i].ID] = name[r]
		}
	}
	first := map[string]string{} // leads name a speaker of one article, as long as speakers are not united
	if slices.ContainsFunc(rows, func(s onrecord.Speaker) bool { return len(s.Leads) > 0 }) {
		for i := range c.voices {
			if c.root(i) == i {
				first[c.id(i)] = c.voices[i].ID
			}
		}
	}
	for _, s := range rows {
		for k := range s.Leads {
			s.Leads[k].Speaker = first[s.Leads[k].Speaker]
		}
		parts = append(parts, Part{Name: name[byID[s.ID]], Speaker: s})
	}
	return parts, of, names
}

// unitedName is the name by which a voice merges with those of other periods: the full name of a person under which its
// transliterations agree, the key of an organ; "" for a family name alone, a common noun and what has no name.
func unitedName(v *voice) string {
	switch {
	case v.Kind == onrecord.Person && len(v.words) > 1:
		return v.Kind + " " + spelling(v.words[0]) + " " + spelling(v.words[len(v.words)-1])
	case v.key == "" || v.Kind == onrecord.Organisation && generic(v.Name):
		return ""
	}
	return v.Kind + " " + v.key
}

// spelling is what the spellings of a word of a name have in common, as sameWord has it.
func spelling(w string) string {
	if s := skeleton(w); len(w) >= 5 && len(s) >= 3 {
		return w[:1] + s
	}
	return sound(w)
}

// Unite merges the parts of speakers, given in the order of their periods, and says which speaker each part is. Parts of one name
// are one speaker unless their roles share no word. Only parts of one name have to do with one another: what is united with more of
// other names is the same.
func Unite(parts []Part) (speakers []onrecord.Speaker, of map[string]string) {
	of = make(map[string]string, len(parts))
	groups := [][]int{}
	byName := map[string][]int{} // groups
	roles := make([][]string, 0, len(parts))
	for i, p := range parts {
		own := roleWords(p.Speaker.Roles)
		at := -1
		if p.Name != "" {
			for _, g := range byName[p.Name] {
				if len(own) == 0 || len(roles[g]) == 0 || anyOf(own, roles[g]) {
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
		for _, w := range own {
			if !slices.Contains(roles[at], w) {
				roles[at] = append(roles[at], w)
			}
		}
	}
	for _, g := range groups {
		s := parts[g[0]].Speaker
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

// roleWords are the content words of roles.
func roleWords(roles []string) []string {
	var out []string
	for _, r := range roles {
		for _, w := range nameWords(r) {
			if w = stemOf(w); len(w) > 2 && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// united is the row of several parts.
func united(parts []Part, group []int) onrecord.Speaker {
	s := parts[group[0]].Speaker
	s.Aliases, s.Roles, s.Learned, s.Leads, s.Basis, s.Tenures = nil, nil, nil, nil, nil, nil
	uses := map[string]int{}
	for _, i := range group {
		p := &parts[i].Speaker
		uses[p.Name]++
		s.Aliases = append(append(s.Aliases, p.Name), p.Aliases...)
		s.Roles = append(s.Roles, p.Roles...)
		s.Learned = append(s.Learned, p.Learned...)
		s.Leads = append(s.Leads, p.Leads...)
		for _, b := range p.Basis {
			if !slices.Contains(s.Basis, b) {
				s.Basis = append(s.Basis, b)
			}
		}
		s.Tenures = append(s.Tenures, p.Tenures...)
		if s.State == "" {
			s.State = p.State
		}
		if s.ExternalID == "" {
			s.ExternalID = p.ExternalID
		}
		s.Confidence = min(s.Confidence, p.Confidence)
	}
	s.Name = ""
	for _, n := range sortedKeys(uses) {
		if fuller(n, uses[n], s.Name, uses[s.Name]) {
			s.Name = n
		}
	}
	slices.Sort(s.Aliases)
	s.Aliases = slices.DeleteFunc(slices.Compact(s.Aliases), func(a string) bool { return a == s.Name })
	slices.Sort(s.Roles)
	s.Roles = slices.Compact(s.Roles)
	slices.SortStableFunc(s.Tenures, func(a, b onrecord.Tenure) int { return cmp.Or(cmp.Compare(a.Role, b.Role), a.From.Compare(b.From)) })
	return s
}
