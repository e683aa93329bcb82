package copies

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/onrecord/onrecord/link/corpus"
)

// A newspaper that rewrites agency copy leaves few passages whole, but little in it is not in the agency's texts of the day taken
// together. The weights of that were learned on newspaper articles marked by hand as derived from agency copy or not (the METER
// corpus; Clough, Gaizauskas, Piao and Wilks 2002).
const (
	rewriteShare  = 2.9 // of the share of the article that stands in passages of any of the agency's texts
	rewriteBag    = 6.1 // of the share of its vocabulary that any of them has
	rewriteBase   = -5.14
	rewriteOrigin = 0.12 // share of the article in one of the texts for which that one is named as an origin
	rewriteTexts  = 12   // texts of one agency that are taken together, the latest
	rewriteDays   = 1
)

// findRewrites finds the articles that draw on an agency's texts of the same story, published before them on the same day or the
// day before.
func findRewrites(docs []*corpus.Doc, books []*copybook, v *corpus.Vocabulary, groups [][]int, workers int) []Copy {
	found := make([][]Copy, len(groups))
	corpus.Parallel(len(groups), workers, func(k int) {
		var own []int
		for _, j := range groups[k] {
			if docs[j].Credit.Own() && len(books[j].words) >= shingle {
				own = append(own, j)
			}
		}
		if len(own) == 0 {
			return
		}
		for _, i := range groups[k] {
			if docs[i].Credit.Own() || len(books[i].words) < shingle {
				continue
			}
			var texts []int
			for n := len(own) - 1; n >= 0 && len(texts) < rewriteTexts; n-- {
				j := own[n]
				if before(docs[j], docs[i]) && corpus.Near(docs[i], docs[j], rewriteDays) && (len(texts) == 0 || docs[texts[0]].Credit.Agency == docs[j].Credit.Agency) {
					texts = append(texts, j)
				}
			}
			slices.Sort(texts)
			found[k] = append(found[k], rewritten(docs, books, i, texts, v)...)
		}
	})
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(a, b Copy) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Origin, b.Origin))
	})
	return all
}

// before says whether a can have been an origin of b by time. Only times of day are compared within a day.
func before(a, b *corpus.Doc) bool {
	const day = len("2006-01-02")
	if a.Dated && b.Dated && a.Day == b.Day && (len(a.At) == day || len(b.At) == day) {
		return true
	}
	return a.Dated && b.Dated && a.At <= b.At
}

// rewritten judges whether document i draws on the texts of one agency taken together, and names those that it draws on.
func rewritten(docs []*corpus.Doc, books []*copybook, i int, texts []int, v *corpus.Vocabulary) []Copy {
	if len(texts) == 0 {
		return nil
	}
	mine := books[i]
	covered := make([]float64, len(mine.words))
	theirs := map[int32]bool{}
	overlaps := make([]overlap, len(texts))
	best := 0
	for k, j := range texts {
		o := compare(mine, books[j], seedsOf(books[j].words), v)
		overlaps[k] = o
		if o.a > overlaps[best].a {
			best = k
		}
		for _, p := range o.passages {
			for w := p.a0; w < p.a1; w++ {
				covered[w] = max(covered[w], min(1, float64(p.same)/float64(p.a1-p.a0)))
			}
		}
		for _, t := range books[j].bag {
			theirs[t.ID] = true
		}
	}
	var inPassages, inBag, bag float64
	for k, w := range mine.words {
		inPassages += weigh(w, v) * covered[k]
	}
	for _, t := range mine.bag {
		bag += t.Weight
		if theirs[t.ID] {
			inBag += t.Weight
		}
	}
	passages, words := corpus.Share(inPassages, mine.total), corpus.Share(inBag, bag)
	score := rewriteBase + rewriteShare*passages + rewriteBag*words
	if score < 0 {
		return nil
	}
	var out []Copy
	for k, j := range texts {
		if k != best && overlaps[k].a < rewriteOrigin {
			continue
		}
		row := copyRow(docs, books, i, j, i, overlaps[k])
		row.Basis = append(row.Basis, fmt.Sprintf("score %.1f: %.2f of it stands in %s of %s taken together, and %.2f of its vocabulary", score, passages, corpus.Plural(len(texts), "text"), docs[j].Credit.Agency, words),
			"origin: credited to "+docs[j].Credit.Agency+" ("+docs[j].Credit.Form+"), published before")
		row.Confidence = 1 / (1 + math.Exp(-score))
		out = append(out, Copy{i, j, score, row})
	}
	return out
}
