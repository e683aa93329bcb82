package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/copies"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/stories"
)

type copiesCommand struct {
	Corpora string    `short:"c" required:"" type:"existingdir" help:"Folder of the corpora."`
	Costs   []float64 `default:"4,5,6,7,8" help:"How much worse a false alarm is than a rewrite that is not found."`
}

// A pressArticle is a newspaper article marked by hand as derived from agency copy or not, with what it has of it.
type pressArticle struct {
	id      string
	story   string
	derived string // "wholly", "partially", "non"
	copied  bool   // found to be a copy of agency text passage by passage
	drawing *copies.Drawing
}

const (
	copyFolds  = 10
	copyRounds = 10
	copyRidge  = 0.3 // penalty on the squares of the weights
)

// Run learns when an article draws on an agency's texts from newspaper articles of METER dev, and says how that does on stories that were
// not learned from, for several costs of a false alarm.
func (c *copiesCommand) Run() error {
	articles, err := readPress(filepath.Join(c.Corpora, "meter", "dev.jsonl.gz"))
	if err != nil {
		return err
	}
	fmt.Printf("%d articles, %d folds by story, %d times: percent found, with 95 percent intervals\n", len(articles), copyFolds, copyRounds)
	for _, cost := range c.Costs {
		tallies := crossValidate(articles, cost)
		fmt.Printf("cost %g:", cost)
		for _, derived := range []string{"wholly", "partially", "non"} {
			t := tallies[derived]
			low, high := t.interval()
			fmt.Printf("  %s %.1f (%.0f to %.0f)", derived, 100*t.found/t.all, low, high)
		}
		w := learnDrawing(articles, cost, func(*pressArticle) bool { return true })
		fmt.Printf("  weights: base %.2f, runs %.2f, vocabulary %.2f\n", w[0], w[1], w[2])
	}
	return nil
}

// readPress reads the corpus and finds what its newspaper articles have of its agency texts.
func readPress(path string) ([]*pressArticle, error) {
	type markedArticle struct {
		ID, Outlet, Published, Text, Story, Derived string
		Wire                                        bool
	}
	gold := map[string]markedArticle{}
	var readings []*onrecord.Reading
	err := lines(path, func(line string) error {
		var m markedArticle
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			return err
		}
		a := &onrecord.Article{ExternalID: m.ID, Outlet: m.Outlet, Text: m.Text, Published: onrecord.Published{Value: m.Published, Precision: "second", Basis: "given"}}
		a.ID = onrecord.ArticleID(a)
		gold[a.ID] = m
		readings = append(readings, &onrecord.Reading{Article: a})
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := corpus.New(readings, nil, 1)
	of := func(i int) string { return all.Docs[i].Article.ID }
	articles := map[string]*pressArticle{}
	for id, m := range gold {
		if m.Derived != "" {
			articles[id] = &pressArticle{id: id, story: m.Story, derived: m.Derived}
		}
	}
	for _, d := range copies.Drawings(all, stories.Find(all), 1) {
		if a := articles[of(d.Article)]; a != nil {
			a.drawing = &d
		}
	}
	for _, x := range copies.Passages(all, 1) {
		if a := articles[of(x.Article)]; a != nil && gold[of(x.Origin)].Wire {
			a.copied = true
		}
	}
	return slices.SortedFunc(maps.Values(articles), func(a, b *pressArticle) int { return cmp.Compare(a.id, b.id) }), nil
}

// A rate is how many articles were found, of how many.
type rate struct{ found, all float64 }

// crossValidate counts, by what they are marked as, the articles that are found by weights that were learned from other stories.
func crossValidate(articles []*pressArticle, cost float64) map[string]*rate {
	out := map[string]*rate{"wholly": {}, "partially": {}, "non": {}}
	var names []string
	for _, a := range articles {
		names = append(names, a.story)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for round := range copyRounds {
		random := rand.New(rand.NewPCG(uint64(round), 0))
		fold := map[string]int{}
		for i, k := range random.Perm(len(names)) {
			fold[names[k]] = i % copyFolds
		}
		for f := range copyFolds {
			w := learnDrawing(articles, cost, func(a *pressArticle) bool { return fold[a.story] != f })
			for _, a := range articles {
				if fold[a.story] != f {
					continue
				}
				t := out[a.derived]
				t.all++
				if a.copied || a.drawing != nil && w.score(a.drawing) >= 0 {
					t.found++
				}
			}
		}
	}
	for _, t := range out {
		t.found, t.all = t.found/copyRounds, t.all/copyRounds
	}
	return out
}

// drawingWeights are those of a constant, of the share in runs and of that of the vocabulary.
type drawingWeights [3]float64

func (w drawingWeights) score(d *copies.Drawing) float64 { return w[0] + w[1]*d.Runs + w[2]*d.Words }

// learnDrawing learns the weights by ridge-penalised logistic regression (Newton's method; Hastie, Tibshirani and Friedman 2009, 4.4.1) from
// the articles that use says; those that are marked as no copies weigh cost.
func learnDrawing(articles []*pressArticle, cost float64, use func(*pressArticle) bool) (w drawingWeights) {
	const steps = 12
	for range steps {
		var slope drawingWeights
		var curve [3][3]float64
		for i := 1; i < len(w); i++ {
			slope[i], curve[i][i] = copyRidge*w[i], copyRidge
		}
		curve[0][0] = 1e-6
		for _, a := range articles {
			if a.drawing == nil || !use(a) {
				continue
			}
			x := drawingWeights{1, a.drawing.Runs, a.drawing.Words}
			p := 1 / (1 + math.Exp(-w.score(a.drawing)))
			weight, want := 1.0, 1.0
			if a.derived == "non" {
				weight, want = cost, 0
			}
			for i := range w {
				slope[i] += weight * (p - want) * x[i]
				for j := range w {
					curve[i][j] += weight * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		for i, step := range solve(curve, slope) {
			w[i] -= step
		}
	}
	return w
}

// solve solves a x = b, of a symmetric and positive definite a, by Gaussian elimination.
func solve(a [3][3]float64, b drawingWeights) (x drawingWeights) {
	for i := range b {
		for r := i + 1; r < len(b); r++ {
			f := a[r][i] / a[i][i]
			for c := i; c < len(b); c++ {
				a[r][c] -= f * a[i][c]
			}
			b[r] -= f * b[i]
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		x[i] = b[i]
		for c := i + 1; c < len(b); c++ {
			x[i] -= a[i][c] * x[c]
		}
		x[i] /= a[i][i]
	}
	return x
}

// interval is the 95 percent interval of a share (Wilson 1927), in percent.
func (t rate) interval() (low, high float64) {
	const z = 1.96
	p, n := t.found/t.all, t.all
	middle, width := p+z*z/(2*n), z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return 100 * (middle - width) / (1 + z*z/n), 100 * (middle + width) / (1 + z*z/n)
}
