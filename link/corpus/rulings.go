package corpus

import (
	"slices"
	"strconv"
)

// What a person decided of rows across articles.
const (
	RuledTogether = "together" // the members are of one row
	RuledApart    = "apart"    // the members are of a row of their own, with none of the others
	RuledOut      = "rejected" // there is no such row: its members have nothing to do with one another
)

// A Ruling is what a person decided of the members of rows across articles of one kind: articles of stories, of reports and of a copy (the
// article, then its origin), speakers of articles, statements of utterances, figures of measures.
type Ruling struct {
	ID      string // of the review
	Kind    string // of the rows: [onrecord.StoryKind], ...
	Verdict string // RuledTogether, RuledApart, RuledOut
	Members []string
	Names   []string // of speakers, each after its kind ("person Jim Hale"): who is called so in any article goes with Members
	Sides   [2][]string
	Kinds   string // of a dispute: its kind
	Why     string
}

// Rulings are those of all kinds, in the order in which they were made. A later one has been freed of what it contradicts in an earlier.
type Rulings []Ruling

// Of are the rulings on a kind of rows.
func (rs Rulings) Of(kind string) Rulings {
	var of Rulings
	for _, r := range rs {
		if r.Kind == kind {
			of = append(of, r)
		}
	}
	return of
}

// A Ruled says of members, by their places in a list, which are to be together and which apart. The zero value rules nothing.
type Ruled struct {
	Joins []Joined
	side  map[int]string
}

// A Joined pair is together because of Why, by a ruling. Called is the first name of the ruling, after its kind.
type Joined struct {
	A, B            int
	ID, Why, Called string
}

// On finds the members of rulings in a list: places are those of one id.
func (rs Rulings) On(kind string, places func(r *Ruling, id string) []int) *Ruled {
	out := &Ruled{side: map[int]string{}}
	for k, r := range rs.Of(kind) {
		var at []int
		called := ""
		if len(r.Names) > 0 {
			called = r.Names[0]
		}
		for _, id := range r.Members {
			at = append(at, places(&r, id)...)
		}
		for _, name := range r.Names {
			at = append(at, places(&r, name)...)
		}
		slices.Sort(at)
		at = slices.Compact(at)
		for n, i := range at {
			switch r.Verdict {
			case RuledTogether:
				if n > 0 {
					out.Joins = append(out.Joins, Joined{at[0], i, r.ID, r.Why, called})
				}
			case RuledApart:
				out.side[i] += r.ID + " "
			case RuledOut:
				out.side[i] += r.ID + " " + strconv.Itoa(k) + "." + strconv.Itoa(i) + " "
			}
		}
	}
	return out
}

// Side is what is said of a member alone: members of different sides are apart; "" for most.
func (r *Ruled) Side(i int) string { return r.side[i] }

// Apart says whether two members are to be in two rows.
func (r *Ruled) Apart(i, j int) bool { return len(r.side) > 0 && r.side[i] != r.side[j] }

// Places finds documents by the ids of their articles, for [Rulings.On].
func (c *Corpus) Places() func(*Ruling, string) []int {
	at := make(map[string]int, len(c.Docs))
	for i, d := range c.Docs {
		at[d.Article.ID] = i
	}
	return func(_ *Ruling, id string) []int {
		if i, ok := at[id]; ok {
			return []int{i}
		}
		return nil
	}
}

// Regroup takes groups, by their first member, apart and together.
func (r *Ruled) Regroup(groups [][]int) [][]int {
	if len(r.side) == 0 && len(r.Joins) == 0 {
		return groups
	}
	var parts [][]int
	for _, g := range groups {
		at := map[string]int{}
		for _, i := range g {
			k, known := at[r.side[i]]
			if !known {
				k = len(parts)
				at[r.side[i]] = k
				parts = append(parts, nil)
			}
			parts[k] = append(parts[k], i)
		}
	}
	for _, j := range r.Joins {
		if r.Apart(j.A, j.B) {
			continue
		}
		a := slices.IndexFunc(parts, func(g []int) bool { return slices.Contains(g, j.A) })
		b := slices.IndexFunc(parts, func(g []int) bool { return slices.Contains(g, j.B) })
		if a != b {
			parts[a] = append(parts[a], parts[b]...)
			slices.Sort(parts[a])
			parts = slices.Delete(parts, b, b+1)
		}
	}
	slices.SortFunc(parts, func(a, b []int) int { return a[0] - b[0] })
	return parts
}
