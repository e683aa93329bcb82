// Package corpus holds the documents that are linked with one another: their words, counted, what each is about, and which are alike.
package corpus

import (
	"sync"
	"sync/atomic"

	"github.com/onrecord/onrecord"
)

// A Corpus is the documents that are linked with one another, with their words counted and what is like what. Rooms speak of a document
// by its place in docs.
type Corpus struct {
	Docs    []*Doc      // in canonical order: of unknown day first, then by publication, then by id
	Words   *Vocabulary // of all documents
	Vectors [][]Term    // by document: what it is about
	Near    [][]int     // by document: those before it that are most like it
	Ruled   Rulings     // what people decided
}

// New makes a corpus of the readings of a period, own, and of the period after it, next: a reading that comes twice counts once. Workers
// is at least 1, and changes nothing in the result.
func New(own, next []*onrecord.Reading, workers int) *Corpus {
	c := &Corpus{Docs: canonical(own, next), Words: NewVocabulary()}
	Parallel(len(c.Docs), workers, func(i int) {
		d := c.Docs[i]
		d.Words = Cut(d.Text, d.Asides)
		d.Credit = creditOf(d.Article)
	})
	c.Words.number(c.Docs)
	markBoilerplate(c.Docs, c.Words)
	markCommon(c.Docs, c.Words, workers)
	c.Words.count(c.Docs)
	c.Words.settle()
	c.Vectors = make([][]Term, len(c.Docs))
	Parallel(len(c.Docs), workers, func(i int) { c.Vectors[i] = c.Docs[i].terms(c.Words) })
	c.Near = neighbors(c.Vectors, c.Words, workers)
	return c
}

// Parallel calls f for every i below n on up to workers goroutines. What f does for one i must not depend on another.
func Parallel(n, workers int, f func(i int)) {
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
