package corpus

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
func markBoilerplate(docs []*Doc, v *Vocabulary) {
	printed := map[line]*printers{}
	for i, d := range docs {
		for _, r := range d.lines() {
			k := line{d.Article.Outlet, Hash(d.Words[r.from:r.to])}
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
			k := line{d.Article.Outlet, Hash(d.Words[r.from:r.to])}
			need := boilerplateKinds
			if k.outlet == "" {
				need = boilerplateAnon
			}
			p := printed[k]
			if !p.judged {
				p.judged = true
				p.boilerplate = len(p.docs) >= need && unrelated(docs, p.docs, d.Words[r.from:r.to], v) >= need
			}
			if !p.boilerplate {
				continue
			}
			for w := r.from; w < r.to; w++ {
				d.Words[w].flags |= Outside
			}
		}
	}
}

// A stretch is words [from, to) of a document.
type stretch struct{ from, to int }

// lines are the article's lines of at least boilerplateWords words.
func (d *Doc) lines() []stretch {
	var out []stretch
	from := 0
	for k := 1; k <= len(d.Words); k++ {
		if k < len(d.Words) && !newline(d.Text[d.Words[k-1].End:d.Words[k].Start]) {
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
func unrelated(docs []*Doc, at []int, line []Word, v *Vocabulary) int {
	common := map[int32]bool{}
	for _, w := range line {
		common[w.ID] = true
	}
	var kept [][]Term
	for _, i := range at {
		distinct := map[int32]bool{}
		var own []Term
		for _, w := range docs[i].Words {
			if !common[w.ID] && !distinct[w.ID] {
				distinct[w.ID] = true
				own = append(own, Term{w.ID, v.Weight(w.ID)})
			}
		}
		slices.SortFunc(own, func(a, b Term) int { return cmp.Compare(a.ID, b.ID) })
		if !slices.ContainsFunc(kept, func(k []Term) bool {
			inK, inOwn := Bags(own, k)
			return max(inK, inOwn) >= unrelatedWords || len(own) == 0
		}) {
			kept = append(kept, own)
		}
	}
	return len(kept)
}
