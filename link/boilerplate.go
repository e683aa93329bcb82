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

// Printers are the documents that print one line, the first ones.
type printers struct {
	docs                []int
	judged, boilerplate bool
}

// markBoilerplate marks, as standing outside the news, the lines that an outlet prints under unrelated articles: invitations to
// subscribe, notices of rights, its own description. Versions of one article share lines too, but are not unrelated.
func markBoilerplate(docs []*doc, v *vocabulary) {
	printed := map[line]*printers{}
	for i, d := range docs {
		for _, r := range d.lines() {
			k := line{d.Article.Outlet, seedHash(d.words[r.from:r.to])}
			p := printed[k]
			if p == nil {
				p = &printers{}
				printed[k] = p
			}
			if at := p.docs; len(at) < boilerplateLooked && (len(at) == 0 || at[len(at)-1] != i) {
				p.docs = append(at, i)
			}
		}
	}
	for _, d := range docs {
		for _, r := range d.lines() {
			k := line{d.Article.Outlet, seedHash(d.words[r.from:r.to])}
			need := boilerplateKinds
			if k.outlet == "" {
				need = boilerplateAnon
			}
			p := printed[k]
			if !p.judged {
				p.judged = true
				p.boilerplate = len(p.docs) >= need && unrelated(docs, p.docs, d.words[r.from:r.to], v) >= need
			}
			if !p.boilerplate {
				continue
			}
			for w := r.from; w < r.to; w++ {
				d.words[w].flags |= outside
			}
		}
	}
}

// A stretch is words [from, to) of a document.
type stretch struct{ from, to int }

// lines are the article's lines of at least boilerplateWords words.
func (d *doc) lines() []stretch {
	var out []stretch
	from := 0
	for k := 1; k <= len(d.words); k++ {
		if k < len(d.words) && !newline(d.text[d.words[k-1].end:d.words[k].start]) {
			continue
		}
		if k-from >= boilerplateWords {
			out = append(out, stretch{from, k})
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
