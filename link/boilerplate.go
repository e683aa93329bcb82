package link

import (
	"cmp"
	"slices"
)

const (
	boilerplateWords  = 8    // words of a line from which it can be boilerplate
	boilerplateKinds  = 3    // unrelated articles of one outlet that print the line
	boilerplateAnon   = 5    // and where the outlet is not known
	boilerplateLooked = 16   // articles with one line that are looked at
	unrelatedWords    = 0.25 // share, by weight, of their distinct words, the line's aside, under which two articles are unrelated
)

// A line is a line of text of one outlet, by the hash of its words.
type line struct {
	outlet string
	hash   uint64
}

// markBoilerplate marks, as standing outside the news, the lines that an outlet prints under unrelated articles: invitations to
// subscribe, notices of rights, its own description. Versions of one article share lines too, but are not unrelated.
func markBoilerplate(docs []*doc, v *vocabulary) {
	where := map[line][]int{}
	for i, d := range docs {
		for _, r := range d.lines() {
			k := line{d.Article.Outlet, seedHash(d.words[r.a0:r.a1])}
			if at := where[k]; len(at) < boilerplateLooked && (len(at) == 0 || at[len(at)-1] != i) {
				where[k] = append(at, i)
			}
		}
	}
	for _, d := range docs {
		for _, r := range d.lines() {
			k := line{d.Article.Outlet, seedHash(d.words[r.a0:r.a1])}
			need := boilerplateKinds
			if k.outlet == "" {
				need = boilerplateAnon
			}
			at := where[k]
			if at == nil || len(at) < need {
				continue
			}
			if len(at) > 1 && at[0] >= 0 { // not judged yet
				if unrelated(docs, at, d.words[r.a0:r.a1], v) >= need {
					where[k] = append([]int{-1}, at...)
				} else {
					where[k] = nil
					continue
				}
			}
			for w := r.a0; w < r.a1; w++ {
				d.words[w].flags |= outside
			}
		}
	}
}

// lines are the article's lines of at least boilerplateWords words, as ranges [a0, a1) of its words.
func (d *doc) lines() []passage {
	var out []passage
	from := 0
	for k := 1; k <= len(d.words); k++ {
		if k < len(d.words) && !newline(d.text[d.words[k-1].end:d.words[k].start]) {
			continue
		}
		if k-from >= boilerplateWords {
			out = append(out, passage{a0: from, a1: k})
		}
		from = k
	}
	return out
}

func newline(gap string) bool {
	for i := 0; i < len(gap); i++ {
		if gap[i] == '\n' {
			return true
		}
	}
	return false
}

// unrelated is how many of the documents have little in common with one another besides the line.
func unrelated(docs []*doc, at []int, line []word, v *vocabulary) int {
	common := map[int32]bool{}
	for _, w := range line {
		common[w.id] = true
	}
	var kept [][]term
	for _, i := range at {
		distinct := map[int32]bool{}
		var own []term
		for _, w := range docs[i].words {
			if !common[w.id] && !distinct[w.id] {
				distinct[w.id] = true
				own = append(own, term{w.id, v.idf(w.id)})
			}
		}
		slices.SortFunc(own, func(a, b term) int { return cmp.Compare(a.id, b.id) })
		if !slices.ContainsFunc(kept, func(k []term) bool {
			inK, inOwn := bags(own, k)
			return max(inK, inOwn) >= unrelatedWords || len(own) == 0
		}) {
			kept = append(kept, own)
		}
	}
	return len(kept)
}
