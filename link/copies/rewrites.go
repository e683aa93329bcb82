package copies

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/stories"
)

// A newspaper that rewrites agency copy leaves few passages whole, but little in it is not in the agency's texts of the day taken
// together. The weights of that were learned on newspaper articles marked by hand as derived from agency copy or not (the METER
// corpus; Clough, Gaizauskas, Piao and Wilks 2002) by `train copies`, which says how they do on stories that they were not learned on.
const (
	rewriteRuns   = 4.02 // of the share of the article that stands in runs of four words of any of the agency's texts
	rewriteBag    = 6.03 // of the share of its vocabulary that any of them has
	rewriteBase   = -4.99
	rewriteRun    = 4    // words of a run
	rewriteOrigin = 0.12 // share of the article in one of the texts for which that one is named as an origin
	rewriteTexts  = 12   // texts of one agency that are taken together, the latest
	rewriteDays   = 1
)

// A Drawing is what an article has of an agency's texts of its story that were published before it, taken together.
type Drawing struct {
	Article int
	Runs    float64 // share of its words, by weight, in runs of four words that one of them has
	Words   float64 // share of its distinct words that one of them uses
	texts   []int
}

// score is the logarithm of the odds that the article was made from the texts.
func (d Drawing) score() float64 {
	return rewriteBase + rewriteRuns*d.Runs + rewriteBag*d.Words
}

// Drawings are those of all articles of a corpus and its stories that may draw on an agency's texts, to learn from.
func Drawings(c *corpus.Corpus, s *stories.Stories, workers int) []Drawing {
	books := copybooks(c, workers)
	return drawings(c.Docs, books, c.Words, s.Members, workers)
}

// findRewrites finds the articles that draw on an agency's texts of the same story.
func findRewrites(docs []*corpus.Doc, books []*copybook, v *corpus.Vocabulary, groups [][]int, workers int) []Copy {
	ds := drawings(docs, books, v, groups, workers)
	found := make([][]Copy, len(ds))
	corpus.Parallel(len(ds), workers, func(k int) {
		if ds[k].score() >= 0 {
			found[k] = rewritten(docs, books, ds[k], v)
		}
	})
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(a, b Copy) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Origin, b.Origin))
	})
	return all
}

// drawings finds what articles have of an agency's texts of the same story, published before them on the same day or the day before.
func drawings(docs []*corpus.Doc, books []*copybook, v *corpus.Vocabulary, groups [][]int, workers int) []Drawing {
	found := make([][]Drawing, len(groups))
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
			if len(texts) > 0 {
				slices.Sort(texts)
				found[k] = append(found[k], draw(books, i, texts, v))
			}
		}
	})
	return slices.Concat(found...)
}

// draw compares document i with the texts of one agency taken together.
func draw(books []*copybook, i int, texts []int, v *corpus.Vocabulary) Drawing {
	mine := books[i]
	runs, words := map[uint64]bool{}, map[int32]bool{}
	for _, j := range texts {
		w := books[j].words
		for k := 0; k+rewriteRun <= len(w); k++ {
			runs[corpus.Hash(w[k:k+rewriteRun])] = true
		}
		for _, t := range books[j].bag {
			words[t.ID] = true
		}
	}
	var inRuns, inBag, bag float64
	end := 0 // of the runs found so far
	for k, w := range mine.words {
		if k+rewriteRun <= len(mine.words) && runs[corpus.Hash(mine.words[k:k+rewriteRun])] {
			end = k + rewriteRun
		}
		if k < end {
			inRuns += weigh(w, v)
		}
	}
	for _, t := range mine.bag {
		bag += t.Weight
		if words[t.ID] {
			inBag += t.Weight
		}
	}
	return Drawing{Article: i, Runs: corpus.Share(inRuns, mine.total), Words: corpus.Share(inBag, bag), texts: texts}
}

// before says whether a can have been an origin of b by time. Only times of day are compared within a day.
func before(a, b *corpus.Doc) bool {
	const day = len("2006-01-02")
	if a.Dated && b.Dated && a.Day == b.Day && (len(a.At) == day || len(b.At) == day) {
		return true
	}
	return a.Dated && b.Dated && a.At <= b.At
}

// rewritten are the rows of an article that draws on an agency's texts: one for each text that it has much of, or has most of.
func rewritten(docs []*corpus.Doc, books []*copybook, d Drawing, v *corpus.Vocabulary) []Copy {
	mine := books[d.Article]
	overlaps := make([]overlap, len(d.texts))
	best := 0
	for k, j := range d.texts {
		overlaps[k] = compare(mine, books[j], seedsOf(books[j].words), v)
		if overlaps[k].a > overlaps[best].a {
			best = k
		}
	}
	score := d.score()
	var out []Copy
	for k, j := range d.texts {
		if k != best && overlaps[k].a < rewriteOrigin {
			continue
		}
		row := copyRow(docs, books, d.Article, j, d.Article, overlaps[k])
		row.Basis = append(row.Basis, fmt.Sprintf("score %.1f: %.2f of it stands in runs of four words of %s of %s taken together, and %.2f of its vocabulary", score, d.Runs, corpus.Plural(len(d.texts), "text"), docs[j].Credit.Agency, d.Words),
			"origin: credited to "+docs[j].Credit.Agency+" ("+docs[j].Credit.Form+"), published before")
		row.Confidence = 1 / (1 + math.Exp(-score))
		out = append(out, Copy{d.Article, j, score, row})
	}
	return out
}
