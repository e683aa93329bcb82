package link

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
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

// ties are the copies, and the credits to one agency in one story within a day, surest first.
func ties(docs []*doc, copies []copyLink, groups [][]int) []tie {
	var out []tie
	for _, c := range copies {
		out = append(out, tie{c.article, c.origin, c.score, c.row.Confidence, fmt.Sprintf("%.0f%% of %s stands in %s", 100*c.row.Share, docs[c.article].called(), docs[c.origin].called())})
	}
	for _, g := range groups {
		last := map[string]int{}
		for _, i := range g {
			agency := docs[i].credit.agency
			if agency == "" {
				continue
			}
			if j, ok := last[agency]; ok && near(docs[i], docs[j], 1) {
				out = append(out, tie{i, j, creditTie, creditSure, fmt.Sprintf("%s and %s credit %s in one story", docs[i].called(), docs[j].called(), agency)})
			}
			last[agency] = i
		}
	}
	surestFirst(out)
	return out
}

func surestFirst(all []tie) {
	slices.SortStableFunc(all, func(a, b tie) int {
		return cmp.Or(-cmp.Compare(a.weight, b.weight), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
}

// origins are the first document of the report of every document.
func origins(n int, all []tie) []int {
	f := newForest(n)
	for _, t := range all {
		f.join(t.a, t.b)
	}
	of := make([]int, n)
	for i := range of {
		of[i] = f.root(i)
	}
	return of
}

// makeReports counts connected origins once; a document that is taken is in none. Of is the origin of every document. The basis of a report of several
// articles names the weakest tie that holds it together, and what the count would be without it.
func makeReports(docs []*doc, copies []copyLink, all []tie, taken map[string]bool) (reports []onrecord.Report, of []int) {
	f := newForest(len(docs))
	weakest := map[int]int{} // root -> index in all of the last tie that joined
	size := map[int]int{}
	for k, t := range all {
		if a, b := f.root(t.a), f.root(t.b); f.join(a, b) {
			weakest[f.root(a)] = k
			size[f.root(a)]++
		}
	}
	isCopy := make([]bool, len(docs))
	for _, c := range copies {
		isCopy[c.article] = true
	}
	members := map[int][]int{}
	var roots []int
	for i := range docs {
		r := f.root(i)
		if len(members[r]) == 0 {
			roots = append(roots, r)
		}
		members[r] = append(members[r], i)
	}
	byRoot := map[int][]tie{}
	for k, t := range all {
		if r := f.root(t.a); k != weakest[r] {
			byRoot[r] = append(byRoot[r], t)
		}
	}
	of = make([]int, len(docs))
	for _, r := range roots {
		for _, i := range members[r] {
			of[i] = r
		}
		ms := keptDocs(docs, members[r], taken)
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

func reportBasis(docs []*doc, members []int, origin int, all []tie, weakest map[int]int, root int, others []tie) []string {
	if len(members) == 1 {
		return []string{"no other article of the record was found to share its words or its credit"}
	}
	basis := []string{fmt.Sprintf("%d articles go back to one origin: one report, whatever their number; where there is one source, newsrooms do not write \"sources\"", len(members))}
	if c := docs[origin].credit; c.own() {
		basis = append(basis, "the origin is credited to "+c.agency+" ("+c.form+": "+c.words+")")
	}
	k, ok := weakest[root]
	if !ok {
		return basis
	}
	place := make(map[int]int, len(members))
	for k, i := range members {
		place[i] = k
	}
	without := newForest(len(members))
	for _, t := range others {
		a, inA := place[t.a]
		if b, inB := place[t.b]; inA && inB {
			without.join(a, b)
		}
	}
	parts := map[int]bool{}
	for k := range members {
		parts[without.root(k)] = true
	}
	if len(parts) > 1 {
		return append(basis, fmt.Sprintf("the count rests on this: %s; without it they would be %d reports", all[k].why, len(parts)))
	}
	return append(basis, fmt.Sprintf("no single tie decides: the weakest is that %s, and others hold them together without it", all[k].why))
}
