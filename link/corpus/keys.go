package corpus

import (
	"cmp"
	"math"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/onrecord/onrecord"
)

const (
	keyTermsX  = 7 // words of an article that its keys are pairs of
	keyRuns    = 4 // hashes of runs of words
	keyRun     = 8 // words of such a run
	keyRare    = 3.0
	keyUnknown = backgroundSize + 1
	keyWords   = 1500 // words of an article that are looked at
)

var KeyTerms = 7

// Keys are what articles have in common that may be on one event or have a text in common: hashes of pairs of the words that tell most of
// what each is about, and of a few runs of words. They depend on the article's text alone. The words are weighed by the background: those
// that it does not know, names above all, tell most.
func Keys(a *onrecord.Article) []int64 {
	words := Cut(a.Text, nil)
	words = words[:min(len(words), keyWords)]
	share := backgroundShares()
	type term struct {
		stem   string
		weight float64
	}
	tf, stems := map[string]float64{}, make([]uint64, len(words))
	names := map[string]bool{}
	var buf []byte
	for i, w := range words {
		buf = Fold(buf[:0], Bare(a.Text[w.Start:w.End]))
		stem := Stem(string(buf))
		stems[i] = xxhash.Sum64String(stem)
		if w.Is(numeral) || len(stem) < 3 {
			continue
		}
		tf[stem] += 1 + leadBoost*math.Exp(-float64(i)/leadWords)
		names[stem] = names[stem] || w.Is(Capital) && !w.Is(Opens)
	}
	terms := make([]term, 0, len(tf))
	for stem, f := range tf {
		rarity := math.Log(keyUnknown / max(1, share[stem]*backgroundSize))
		if rarity < keyRare {
			continue
		}
		w := math.Log1p(f) * rarity
		if names[stem] {
			w *= nameBoost
		}
		terms = append(terms, term{stem, w})
	}
	slices.SortFunc(terms, func(x, y term) int { return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.stem, y.stem)) })
	terms = terms[:min(len(terms), KeyTerms)]
	var keys []int64
	for i := range terms {
		for _, t := range terms[:i] {
			keys = append(keys, int64(xxhash.Sum64String(min(t.stem, terms[i].stem)+" "+max(t.stem, terms[i].stem))))
		}
	}
	var runs []int64
	for k := 0; k+keyRun <= len(stems); k++ {
		h := uint64(0)
		for _, s := range stems[k : k+keyRun] {
			h = (h ^ s) * 1099511628211
			h ^= h >> 29
		}
		runs = append(runs, int64(h*0x9e3779b97f4a7c15))
	}
	slices.Sort(runs)
	runs = slices.Compact(runs)
	keys = append(keys, runs[:min(len(runs), keyRuns)]...)
	slices.Sort(keys)
	return slices.Compact(keys)
}
