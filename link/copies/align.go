package copies

import (
	"slices"

	"github.com/onrecord/onrecord/link/corpus"
)

// A run is the same words in two articles: length words from a in the one, from b in the other.
type run struct{ a, b, length int }

const (
	shingle    = 3 // words of a seed
	seedPlaces = 6 // places of one seed in the other article that are tried
	passageGap = 5 // words, in either article, that a passage may have changed in a row
)

// seeds are the places of every three words of an article: the first place of each, and from every place the next of the same.
type seeds struct {
	first map[uint64]int32
	next  []int32
}

func seedsOf(words []corpus.Word) seeds {
	n := max(0, len(words)-shingle+1)
	s := seeds{first: make(map[uint64]int32, n), next: make([]int32, n)}
	for i := n - 1; i >= 0; i-- {
		h := corpus.Hash(words[i : i+shingle])
		s.next[i] = -1
		if p, ok := s.first[h]; ok {
			s.next[i] = p
		}
		s.first[h] = int32(i)
	}
	return s
}

// runs finds the runs of at least three words of a in b, in the order of a, no word of a twice. Among equally long runs the one
// that goes on where the last ended wins.
func runs(a, b []corpus.Word, index seeds) []run {
	var out []run
	for i := 0; i+shingle <= len(a); {
		best := run{}
		expected := -1
		if n := len(out); n > 0 {
			expected = out[n-1].b + i - out[n-1].a
		}
		p, ok := index.first[corpus.Hash(a[i:i+shingle])]
		for tries := 0; ok && p >= 0 && tries < seedPlaces; tries, p = tries+1, index.next[p] {
			j, n := int(p), 0
			for i+n < len(a) && j+n < len(b) && a[i+n].ID == b[j+n].ID {
				n++
			}
			if n < shingle {
				continue // a collision of hashes
			}
			if n > best.length || n == best.length && corpus.Apart(j, expected) < corpus.Apart(best.b, expected) {
				best = run{i, j, n}
			}
		}
		if best.length == 0 {
			i++
			continue
		}
		out = append(out, best)
		i += best.length
	}
	return out
}

// A passage is aligned words: [a0,a1) of the one article against [b0,b1) of the other, of which same are equal.
type passage struct{ a0, a1, b0, b1, same int }

// passages joins runs that follow one another in both articles with few words changed between, and counts the words that are
// equal on the diagonal of what was changed.
func passages(a, b []corpus.Word, rs []run) []passage {
	var out []passage
	for _, r := range rs {
		if n := len(out); n > 0 {
			p := &out[n-1]
			ga, gb := r.a-p.a1, r.b-p.b1
			if ga <= passageGap && gb >= 0 && gb <= passageGap {
				for k := 0; k < ga && k < gb; k++ {
					if a[p.a1+k].ID == b[p.b1+k].ID {
						p.same++
					}
				}
				p.a1, p.b1, p.same = r.a+r.length, r.b+r.length, p.same+r.length
				continue
			}
		}
		out = append(out, passage{r.a, r.a + r.length, r.b, r.b + r.length, r.length})
	}
	return slices.Clip(out)
}
