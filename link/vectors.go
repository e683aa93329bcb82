package link

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// A term is a stem with its weight.
type term struct {
	id     int32
	weight float64
}

// terms is the article as a vector of unit length: TF-IDF with the lead and names counting more.
func (d *doc) terms(v *vocabulary) []term {
	tf := map[int32]float64{}
	for i, w := range d.words {
		if w.is(outside) {
			continue
		}
		tf[w.id] += 1 + leadBoost*math.Exp(-float64(i)/leadWords)
	}
	terms := make([]term, 0, len(tf))
	for id, f := range tf {
		df := v.df[id]
		if df > v.size/4 {
			continue
		}
		w := math.Log1p(f) * math.Log((v.size+1)/df)
		if v.isName(id) {
			w *= nameBoost
		}
		if c := v.name[id]; len(c) > 0 && isDigit(c[0]) {
			w *= numberWeight
		}
		terms = append(terms, term{id, w})
	}
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.id, b.id) })
	var sum float64 // in the order of ids: floating point sums must not depend on a map's
	for _, t := range terms {
		sum += t.weight * t.weight
	}
	for i := range terms {
		terms[i].weight /= math.Sqrt(sum)
	}
	return terms
}

func dot(a, b []term) float64 {
	var s float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].id < b[j].id:
			i++
		case a[i].id > b[j].id:
			j++
		default:
			s += a[i].weight * b[j].weight
			i++
			j++
		}
	}
	return s
}

func add(a, b []term) []term {
	out := make([]term, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].id < b[j].id:
			out = append(out, a[i])
			i++
		case a[i].id > b[j].id:
			out = append(out, b[j])
			j++
		default:
			out = append(out, term{a[i].id, a[i].weight + b[j].weight})
			i++
			j++
		}
	}
	return append(append(out, a[i:]...), b[j:]...)
}

// bags are the shares, by weight, of each bag that stands in the other.
func bags(a, b []term) (inB, inA float64) {
	var same, allA, allB float64
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i].id < b[j].id:
			allA += a[i].weight
			i++
		case i == len(a) || b[j].id < a[i].id:
			allB += b[j].weight
			j++
		default:
			same += min(a[i].weight, b[j].weight)
			allA += a[i].weight
			allB += b[j].weight
			i++
			j++
		}
	}
	return share(same, allA), share(same, allB)
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, part/whole)
}

// What a word weighs in the vector of its article, chosen together with the settings of stories.
const (
	leadBoost    = 1.0  // a word at the beginning counts this much more often
	leadWords    = 60.0 // words over which that fades
	nameBoost    = 1.25 // a name weighs this much more than a word as rare
	numberWeight = 0.5  // and a number this much
)

const (
	neighborTerms   = 50       // terms of an article that look for others like it
	neighborsMost   = 40       // others that one article may be compared with
	neighborLeast   = 0.33 / 4 // likeness by these terms of one
	neighborPosting = 2000     // articles back that one term reaches
)

// neighbors finds, for every vector, those before it that share the most of its heaviest terms.
func neighbors(vectors [][]term, v *vocabulary, workers int) [][]int {
	heavy := make([][]term, len(vectors))
	parallel(len(vectors), workers, func(i int) {
		h := slices.Clone(vectors[i])
		slices.SortFunc(h, func(a, b term) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id))
		})
		heavy[i] = h[:min(len(h), neighborTerms)]
	})
	postings := make([][]int32, len(v.name))
	weights := make([][]float32, len(v.name))
	for i, h := range heavy {
		for _, t := range h {
			postings[t.id] = append(postings[t.id], int32(i))
			weights[t.id] = append(weights[t.id], float32(t.weight))
		}
	}
	near := make([][]int, len(vectors))
	pool := newScores(len(vectors))
	parallel(len(vectors), workers, func(i int) {
		score := pool.Get().(*scores)
		defer pool.Put(score)
		defer score.clear()
		for _, t := range heavy[i] {
			p, w := postings[t.id], weights[t.id]
			end, _ := slices.BinarySearch(p, int32(i))
			for k := max(0, end-neighborPosting); k < end; k++ {
				score.add(p[k], t.weight*float64(w[k]))
			}
		}
		type scored struct {
			doc   int
			score float64
		}
		var best []scored
		for _, j := range score.touched {
			if s := score.of[j]; s > neighborLeast {
				best = append(best, scored{int(j), s})
			}
		}
		slices.SortFunc(best, func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
		})
		for _, b := range best[:min(len(best), neighborsMost)] {
			near[i] = append(near[i], b.doc)
		}
	})
	return near
}

// scores add up what speaks for each of many candidates, without clearing more than was touched.
type scores struct {
	of      []float64
	touched []int32
}

// newScores is a pool of scores of n candidates, for as many goroutines as ask.
func newScores(n int) *sync.Pool {
	return &sync.Pool{New: func() any { return &scores{of: make([]float64, n)} }}
}

// add gives a candidate more than nothing.
func (s *scores) add(i int32, x float64) {
	if s.of[i] == 0 {
		s.touched = append(s.touched, i)
	}
	s.of[i] += x
}

// clear forgets all candidates.
func (s *scores) clear() {
	for _, i := range s.touched {
		s.of[i] = 0
	}
	s.touched = s.touched[:0]
}
