// Package reports counts origins once: articles that go back to one text, one credit or one briefing are one report.
package reports

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/copies"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/internal/set"
	"github.com/onrecord/onrecord/link/sayings"
	"github.com/onrecord/onrecord/link/stories"
	"github.com/onrecord/onrecord/link/utterances"
)

// A tie is a reason to count two articles as one report.
type tie struct {
	a, b   int
	weight float64
	sure   float64 // confidence that the two go back to one origin
	why    string
}

// creditTie is the weight of two credits to one agency in one story: less than that of any copy.
const (
	creditTie  = -10
	creditSure = 0.6 // two stories of one agency on one day may be two reports
)

// Reports are the origins of a corpus, each counted once.
type Reports struct {
	Rows []onrecord.Report
	Of   []int // by document: its report
	Text []int // by document: its report where only shared text and credits count, not one briefing
}

// Count takes a corpus, its copies, its stories, what is said in it and its utterances, and the ids of articles that are claimed, which are
// in no row, and gives the reports.
func Count(c *corpus.Corpus, cs []copies.Copy, s *stories.Stories, r *sayings.Record, us []utterances.Utterance, claimed map[string]bool) *Reports {
	ruled := c.Ruled.On(onrecord.ReportKind, c.Places())
	text := rule(ruled, ties(c.Docs, cs, s.Members))
	all := append(slices.Clone(text), rule(ruled, briefings(r, us))...)
	surestFirst(all)
	out := &Reports{Text: origins(len(c.Docs), text)}
	out.Rows, out.Of = count(c.Docs, cs, all, claimed)
	return out
}

// ties are the copies, and the credits to one agency in one story within a day, surest first.
func ties(docs []*corpus.Doc, copies []copies.Copy, groups [][]int) []tie {
	var out []tie
	for _, c := range copies {
		out = append(out, tie{c.Article, c.Origin, c.Score, c.Row.Confidence, fmt.Sprintf("%.0f%% of %s stands in %s", 100*c.Row.Share, docs[c.Article].Called(), docs[c.Origin].Called())})
	}
	for _, g := range groups {
		last := map[string]int{}
		for _, i := range g {
			agency := docs[i].Credit.Agency
			if agency == "" {
				continue
			}
			if j, ok := last[agency]; ok && corpus.Near(docs[i], docs[j], 1) {
				out = append(out, tie{i, j, creditTie, creditSure, fmt.Sprintf("%s and %s credit %s in one story", docs[i].Called(), docs[j].Called(), agency)})
			}
			last[agency] = i
		}
	}
	surestFirst(out)
	return out
}

// ruledTie is the weight of what a person said, which goes before all else.
const ruledTie = 1e9

// rule leaves out ties between articles that a person said are two reports, and adds those between articles of one.
func rule(ruled *corpus.Ruled, all []tie) []tie {
	all = slices.DeleteFunc(all, func(t tie) bool { return ruled.Apart(t.a, t.b) })
	for _, j := range ruled.Joins {
		if !ruled.Apart(j.A, j.B) {
			all = append(all, tie{j.A, j.B, ruledTie, 1, j.Why})
		}
	}
	surestFirst(all)
	return all
}

func surestFirst(all []tie) {
	slices.SortStableFunc(all, func(a, b tie) int {
		return cmp.Or(-cmp.Compare(a.weight, b.weight), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
}

// origins are the first document of the report of every document.
func origins(n int, all []tie) []int {
	f := set.NewForest(n)
	for _, t := range all {
		f.Join(t.a, t.b)
	}
	of := make([]int, n)
	for i := range of {
		of[i] = f.Root(i)
	}
	return of
}

// count counts connected origins once; a document that is claimed is in none. Of is the origin of every document. The basis of a report of several
// articles names the weakest tie that holds it together, and what the count would be without it.
func count(docs []*corpus.Doc, copies []copies.Copy, all []tie, claimed map[string]bool) (reports []onrecord.Report, of []int) {
	f := set.NewForest(len(docs))
	weakest := map[int]int{} // root -> index in all of the last tie that joined
	size := map[int]int{}
	for k, t := range all {
		if a, b := f.Root(t.a), f.Root(t.b); f.Join(a, b) {
			weakest[f.Root(a)] = k
			size[f.Root(a)]++
		}
	}
	isCopy := make([]bool, len(docs))
	for _, c := range copies {
		isCopy[c.Article] = true
	}
	members := map[int][]int{}
	var roots []int
	for i := range docs {
		r := f.Root(i)
		if len(members[r]) == 0 {
			roots = append(roots, r)
		}
		members[r] = append(members[r], i)
	}
	byRoot := map[int][]tie{}
	for k, t := range all {
		if r := f.Root(t.a); k != weakest[r] {
			byRoot[r] = append(byRoot[r], t)
		}
	}
	of = make([]int, len(docs))
	for _, r := range roots {
		for _, i := range members[r] {
			of[i] = r
		}
		ms := corpus.KeptDocs(docs, members[r], claimed)
		if ms == nil {
			continue
		}
		origin := ms[slices.IndexFunc(ms, func(i int) bool { return !isCopy[i] || i == ms[len(ms)-1] })]
		rep := onrecord.Report{Origin: docs[origin].Article.ID}
		for _, i := range ms {
			rep.Articles = append(rep.Articles, docs[i].Article.ID)
		}
		slices.Sort(rep.Articles)
		rep.ID = onrecord.NewID(onrecord.ReportKind, rep.Origin)
		rep.Confidence = 1
		if k, ok := weakest[r]; ok {
			rep.Confidence = all[k].sure
		}
		rep.Basis = reportBasis(docs, ms, origin, all, weakest, r, byRoot[r])
		reports = append(reports, rep)
	}
	return reports, of
}

func reportBasis(docs []*corpus.Doc, members []int, origin int, all []tie, weakest map[int]int, root int, others []tie) []string {
	if len(members) == 1 {
		return []string{"no other article of the record was found to share its words or its credit"}
	}
	basis := []string{fmt.Sprintf("%d articles go back to one origin: one report, whatever their number; where there is one source, newsrooms do not write \"sources\"", len(members))}
	if c := docs[origin].Credit; c.Own() {
		basis = append(basis, "the origin is credited to "+c.Agency+" ("+c.Form+": "+c.Words+")")
	}
	k, ok := weakest[root]
	if !ok {
		return basis
	}
	place := make(map[int]int, len(members))
	for k, i := range members {
		place[i] = k
	}
	without := set.NewForest(len(members))
	for _, t := range others {
		a, inA := place[t.a]
		if b, inB := place[t.b]; inA && inB {
			without.Join(a, b)
		}
	}
	parts := map[int]bool{}
	for k := range members {
		parts[without.Root(k)] = true
	}
	if len(parts) > 1 {
		return append(basis, fmt.Sprintf("the count rests on this: %s; without it they would be %d reports", all[k].why, len(parts)))
	}
	return append(basis, fmt.Sprintf("no single tie decides: the weakest is that %s, and others hold them together without it", all[k].why))
}
