package link

import (
	"sync"
	"sync/atomic"

	"github.com/onrecord/onrecord"
)

// A Corpus is the documents that are linked with one another, with their words counted and what is like what. Rooms speak of a document
// by its place in docs.
type Corpus struct {
	docs    []*doc      // in canonical order: of unknown day first, then by publication, then by id
	words   *vocabulary // of all documents
	vectors [][]term    // by document: what it is about
	near    [][]int     // by document: those before it that are most like it
}

// New makes a corpus of the readings of a period, own, and of the period after it, next: a reading that comes twice counts once. Workers
// is at least 1, and changes nothing in the result.
func New(own, next []*onrecord.Reading, workers int) *Corpus {
	c := &Corpus{docs: canonical(own, next), words: newVocabulary()}
	parallel(len(c.docs), workers, func(i int) {
		d := c.docs[i]
		d.words = cut(d.text, d.Asides)
		d.credit = creditOf(d.Article)
	})
	c.words.number(c.docs)
	markBoilerplate(c.docs, c.words)
	c.words.count(c.docs)
	c.words.settle()
	c.vectors = make([][]term, len(c.docs))
	parallel(len(c.docs), workers, func(i int) { c.vectors[i] = c.docs[i].terms(c.words) })
	c.near = neighbors(c.vectors, c.words, workers)
	return c
}

// parallel calls f for every i below n on up to workers goroutines. What f does for one i must not depend on another.
func parallel(n, workers int, f func(i int)) {
	if workers <= 1 || n < 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(workers, n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
