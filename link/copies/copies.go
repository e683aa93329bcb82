// Package copies finds which documents of a corpus were made from which, wholly, in part or rewritten.
package copies

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/stories"
)

const (
	sampleEvery   = 8   // one shingle in so many is kept
	sampleAll     = 120 // words up to which all shingles are kept
	samplePosting = 12  // articles back, and the first ones, that one shingle reaches
	copyLimit     = 12  // origins looked at for one article
)

// candidates finds, for every document, those before it that share sampled shingles. Sampling is by the shingle's hash (Broder
// 1997; Manber 1994), so that the same shingles are kept in every article.
func candidates(docs []*corpus.Doc, workers int) [][]int {
	samples := make([][]uint64, len(docs))
	corpus.Parallel(len(docs), workers, func(i int) {
		w := docs[i].News()
		var s []uint64
		for k := 0; k+shingle <= len(w); k++ {
			if h := corpus.Hash(w[k : k+shingle]); h%sampleEvery == 0 || h%2 == 0 && len(w) < sampleAll {
				s = append(s, h)
			}
		}
		slices.Sort(s)
		samples[i] = slices.Compact(s)
	})
	postings := map[uint64][]int32{}
	for i, s := range samples {
		for _, h := range s {
			postings[h] = append(postings[h], int32(i))
		}
	}
	out := make([][]int, len(docs))
	corpus.Parallel(len(docs), workers, func(i int) {
		hits := map[int32]int{}
		for _, h := range samples[i] {
			p := postings[h]
			end, _ := slices.BinarySearch(p, int32(i))
			from := max(0, end-samplePosting)
			for k := from; k < end; k++ {
				hits[p[k]]++
			}
			for k := 0; k < min(from, samplePosting); k++ {
				hits[p[k]]++
			}
		}
		out[i] = most(hits, copyLimit)
	})
	return out
}

// most are the documents with the most hits, at least two, in order.
func most(hits map[int32]int, limit int) []int {
	var best []int
	for j, n := range hits {
		if n > 1 {
			best = append(best, int(j))
		}
	}
	slices.SortFunc(best, func(a, b int) int {
		return cmp.Or(cmp.Compare(hits[int32(b)], hits[int32(a)]), cmp.Compare(a, b))
	})
	return best[:min(len(best), limit)]
}

// An overlap is how much of the words of one article stands in another. Shares are by weight: rare words weigh more, words in
// quotation marks a quarter, since two reporters at one briefing print the same quotation.
type overlap struct {
	passages []passage
	a, b     float64 // share of each article's words that stands in aligned passages
	bagA     float64 // share of the distinct words of each that the other uses at all
	bagB     float64
	longest  float64 // words of the longest passage
	words    float64 // words of all passages
}

const quotedWeight = 0.25

func weigh(w corpus.Word, v *corpus.Vocabulary) float64 {
	if w.Is(corpus.Quoted) {
		return quotedWeight * v.Weight(w.ID)
	}
	return v.Weight(w.ID)
}

// compare finds how much of x stands in y, whose seeds are given.
func compare(x, y *copybook, index seeds, v *corpus.Vocabulary) overlap {
	var o overlap
	a, b := x.words, y.words
	o.passages = passages(a, b, runs(a, b, index))
	inB := make([]float64, len(b))
	var gotA, gotB float64
	for _, p := range o.passages {
		var words float64
		same := float64(p.same) / float64(p.a1-p.a0)
		theirs := quotedIn(b[p.b0:p.b1]) // one's own words that the other has in quotation marks are a shared quotation too
		for _, w := range a[p.a0:p.a1] {
			if theirs && !w.Is(corpus.Quoted) {
				gotA += quotedWeight * weigh(w, v) * same
			} else {
				gotA += weigh(w, v) * same
			}
			if theirs || w.Is(corpus.Quoted) {
				words += quotedWeight * same
			} else {
				words += same
			}
		}
		o.words += words
		o.longest = max(o.longest, words)
		same = min(1, float64(p.same)/float64(p.b1-p.b0))
		for k := p.b0; k < p.b1; k++ {
			inB[k] = max(inB[k], same)
		}
	}
	for k, s := range inB {
		if s > 0 {
			gotB += weigh(b[k], v) * s
		}
	}
	o.a, o.b = corpus.Share(gotA, x.total), corpus.Share(gotB, y.total)
	o.bagA, o.bagB = corpus.Bags(x.bag, y.bag)
	return o
}

// quotedIn says whether most of the words stand in quotation marks.
func quotedIn(words []corpus.Word) bool {
	n := 0
	for _, w := range words {
		if w.Is(corpus.Quoted) {
			n++
		}
	}
	return 2*n > len(words)
}

// A copybook is the words of an article as they are compared: its news, their weight, and the distinct ones with theirs.
type copybook struct {
	words []corpus.Word
	total float64
	bag   []corpus.Term
}

func newCopybook(words []corpus.Word, v *corpus.Vocabulary) *copybook {
	b := &copybook{words: words}
	distinct := make(map[int32]float64, len(words))
	for _, w := range words {
		f := weigh(w, v)
		b.total += f
		distinct[w.ID] = max(distinct[w.ID], f)
	}
	b.bag = make([]corpus.Term, 0, len(distinct))
	for id, f := range distinct {
		b.bag = append(b.bag, corpus.Term{ID: id, Weight: f})
	}
	slices.SortFunc(b.bag, func(x, y corpus.Term) int { return cmp.Compare(x.ID, y.ID) })
	return b
}

// A copy's score is the logarithm of the odds that the one article was made from the other's words: these weights, learned on
// near copies of six kinds of edit, of the share of the article that stands in aligned passages, the share of its vocabulary that
// the other has, and the length of the longest passage.
const (
	scoreShare   = 8.9
	scoreBag     = 5.7
	scoreLongest = 1.66
	scoreBase    = -12.7
	// swallowed is how much less sure it is that a later article that has most of a short earlier one in it was made from it.
	swallowed = 2
	// copyShare is the least share, of either article, that a copy has.
	copyShare = 0.1
)

func (o overlap) side(share, bag float64) float64 {
	return scoreBase + scoreShare*share + scoreBag*bag + scoreLongest*math.Log1p(o.longest)
}

// A Copy is one as it is found: indexes of documents, and how sure it is.
type Copy struct {
	Article, Origin int
	Score           float64
	Row             onrecord.Copy
}

func copybooks(c *corpus.Corpus, workers int) []*copybook {
	books := make([]*copybook, len(c.Docs))
	corpus.Parallel(len(c.Docs), workers, func(i int) { books[i] = newCopybook(c.Docs[i].News(), c.Words) })
	return books
}

// Find takes a corpus and its stories and gives which documents were made from which, in the order of the documents.
func Find(c *corpus.Corpus, s *stories.Stories, workers int) []Copy {
	books := copybooks(c, workers)
	all := byPassages(c, books, workers)
	seen := map[[2]int]bool{}
	for _, x := range all {
		seen[[2]int{x.Article, x.Origin}] = true
	}
	for _, x := range findRewrites(c.Docs, books, c.Words, s.Members, workers) {
		if !seen[[2]int{x.Article, x.Origin}] && !seen[[2]int{x.Origin, x.Article}] {
			all = append(all, x)
		}
	}
	return all
}

// Passages gives which documents of a corpus were made from which by the passages that two of them share, whatever story they are of.
func Passages(c *corpus.Corpus, workers int) []Copy {
	return byPassages(c, copybooks(c, workers), workers)
}

func byPassages(c *corpus.Corpus, books []*copybook, workers int) []Copy {
	docs, v, near := c.Docs, c.Words, c.Near
	found := make([][]Copy, len(docs))
	cand := candidates(docs, workers)
	corpus.Parallel(len(docs), workers, func(i int) {
		others := slices.Clone(cand[i])
		for _, j := range near[i][:min(len(near[i]), copyNeighbors)] {
			if !slices.Contains(others, j) {
				others = append(others, j)
			}
		}
		slices.Sort(others)
		index := seedsOf(books[i].words) // only one article's at a time: they take more room than all else
		for _, j := range others {
			if x, ok := copyOf(docs, books, i, j, index, v); ok {
				found[i] = append(found[i], x)
			}
		}
	})
	return slices.Concat(found...)
}

// copyOf judges documents i and j, j before i in canonical order. Index is the seeds of i.
func copyOf(docs []*corpus.Doc, books []*copybook, i, j int, index seeds, v *corpus.Vocabulary) (Copy, bool) {
	if len(books[i].words) < shingle || len(books[j].words) < shingle {
		return Copy{}, false
	}
	o := compare(books[j], books[i], index, v).turned()
	article, origin, why := direction(docs, i, j, o)
	score, other := o.side(o.a, o.bagA), o.side(o.b, o.bagB)
	if article == j {
		score, other = other, score
	}
	if docs[i].At != docs[j].At && docs[i].Dated && docs[j].Dated {
		other -= swallowed
	}
	score = max(score, other)
	if score < 0 || max(o.a, o.b) < copyShare {
		return Copy{}, false
	}
	row := copyRow(docs, books, article, origin, i, o)
	row.Basis = append(row.Basis, fmt.Sprintf("score %.1f: share %.2f, vocabulary %.2f; words in quotation marks count a quarter", score, max(o.a, o.b), max(o.bagA, o.bagB)), why)
	row.Confidence = 1 / (1 + math.Exp(-score))
	return Copy{article, origin, score, row}, true
}

// copyRow is the row of a copy but for its confidence. O is the overlap of document i, which is the article or the origin, in the other.
func copyRow(docs []*corpus.Doc, books []*copybook, article, origin, i int, o overlap) onrecord.Copy {
	if article != i {
		o = o.turned()
	}
	ps, mine, his := o.passages, books[article].words, books[origin].words
	row := onrecord.Copy{Article: docs[article].Article.ID, Origin: docs[origin].Article.ID}
	same, longest := 0, 0
	for _, p := range ps {
		if p.same < minPassage && len(ps) > 1 {
			continue
		}
		same += p.same
		longest = max(longest, p.same)
		row.Passages = append(row.Passages, onrecord.Aligned{
			Span:   onrecord.Span{Start: int(mine[p.a0].Start), End: int(mine[p.a1-1].End)},
			Origin: onrecord.Span{Start: int(his[p.b0].Start), End: int(his[p.b1-1].End)},
		})
	}
	row.Share = min(1, float64(same)/float64(len(mine)))
	row.Basis = append(row.Basis, fmt.Sprintf("shared passages: %d of %d words in %d, the longest of %d", same, len(mine), len(row.Passages), longest))
	a, b := docs[article], docs[origin]
	sameOutlet := a.Article.Outlet != "" && a.Article.Outlet == b.Article.Outlet
	if sameOutlet {
		row.Basis = append(row.Basis, "same publisher: "+a.Article.Outlet)
	}
	if c := a.Credit; c.Agency != "" && (b.Credit.Agency == c.Agency || !b.Credit.Own()) {
		row.Basis = append(row.Basis, "credit line: "+c.Agency+" ("+c.Form+")")
	}
	switch {
	case sameOutlet:
		row.Kind = onrecord.Update
	case row.Share >= wholeShare:
		row.Kind = onrecord.WholeCopy
	default:
		row.Kind = onrecord.PartialCopy
	}
	row.ID = onrecord.NewID(onrecord.CopyKind, row.Article, row.Origin)
	return row
}

const (
	copyNeighbors = 10  // neighbours in words and names that are compared besides those with shared shingles
	minPassage    = 5   // words of a passage that is shown
	wholeShare    = 0.8 // share from which a copy is whole
)

// direction decides which of i and j (j before i in canonical order; o is of i in j) was made from the other, and why.
func direction(docs []*corpus.Doc, i, j int, o overlap) (article, origin int, why string) {
	a, b := docs[i], docs[j]
	ca, cb := a.Credit, b.Credit
	byA, byB := credited(a, b), credited(b, a)
	switch {
	case byA.Printed && !byB.Printed:
		return i, j, credits(b, byA)
	case byB.Printed && !byA.Printed:
		return j, i, credits(a, byB)
	case a.Dated && b.Dated && a.Day != b.Day:
		return i, j, "origin: published first, " + b.At
	case byA.Words != "" && byB.Words == "":
		return i, j, credits(b, byA)
	case byB.Words != "" && byA.Words == "":
		return j, i, credits(a, byB)
	case ca.Own() && !cb.Own():
		return j, i, "origin: credited to " + ca.Agency + " (" + ca.Form + ")"
	case cb.Own() && !ca.Own():
		return i, j, "origin: credited to " + cb.Agency + " (" + cb.Form + ")"
	case a.Dated && b.Dated && a.At != b.At && len(a.At) > len("2006-01-02") && len(b.At) > len("2006-01-02"):
		return i, j, "origin: published first, " + b.At
	case a.Dated && b.Dated: // of one day; the one whose words stand in the other is as likely its source as cut from it
		return i, j, onrecord.Undirected + ": published on one day, and neither credits the other"
	case o.b > o.a+0.05:
		return j, i, fmt.Sprintf("origin: more of the copy stands in it (%.2f) than the other way round (%.2f)", o.b, o.a)
	case o.a > o.b+0.05:
		return i, j, fmt.Sprintf("origin: more of the copy stands in it (%.2f) than the other way round (%.2f)", o.a, o.b)
	}
	return i, j, onrecord.Undirected + ": no time, no credit, and as much of the one stands in the other"
}

// credits says that a document credits this one's outlet.
func credits(origin *corpus.Doc, by corpus.Credited) string {
	return "origin: it credits " + origin.Article.Outlet + ": “" + by.Words + "”"
}

// credited is how a credits b's outlet, which is another.
func credited(a, b *corpus.Doc) corpus.Credited {
	if a.Article.Outlet == b.Article.Outlet {
		return corpus.Credited{}
	}
	return corpus.Credits(a.Article, b.Article.Outlet)
}

// turned is the overlap seen from the other article.
func (o overlap) turned() overlap {
	o.a, o.b, o.bagA, o.bagB = o.b, o.a, o.bagB, o.bagA
	o.passages = turnedPassages(o.passages)
	return o
}

// turnedPassages are the passages seen from the other article.
func turnedPassages(ps []passage) []passage {
	out := make([]passage, len(ps))
	for i, p := range ps {
		out[i] = passage{p.b0, p.b1, p.a0, p.a1, p.same}
	}
	slices.SortStableFunc(out, func(p, q passage) int { return cmp.Compare(p.a0, q.a0) })
	return out
}
