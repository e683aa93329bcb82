package corpus

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// A Term is a stem with its weight.
type Term struct {
	ID     int32
	Weight float64
}

// terms is the article as a vector of unit length: TF-IDF with the lead and names counting more.
func (d *Doc) terms(v *Vocabulary) []Term {
	tf := map[int32]float64{}
	for i, w := range d.Words {
		if w.Is(Outside) {
			continue
		}
		tf[w.ID] += 1 + leadBoost*math.Exp(-float64(i)/leadWords)
	}
	terms := make([]Term, 0, len(tf))
	for id, f := range tf {
		df := v.Entry(id).Articles
		if df > v.Size/4 {
			continue
		}
		w := math.Log1p(f) * math.Log((v.Size+1)/df)
		if v.IsName(id) {
			w *= nameBoost
		}
		if c := v.Entry(id).Name; len(c) > 0 && IsDigit(c[0]) {
			w *= numberWeight
		}
		terms = append(terms, Term{id, w})
	}
	slices.SortFunc(terms, func(a, b Term) int { return cmp.Compare(a.ID, b.ID) })
	var sum float64 // in the order of ids: floating point sums must not depend on a map's
	for _, t := range terms {
		sum += t.Weight * t.Weight
	}
	for i := range terms {
		terms[i].Weight /= math.Sqrt(sum)
	}
	return terms
}

// Dot is the dot product of two vectors, whose terms come by id.
func Dot(a, b []Term) float64 {
	var s float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].ID < b[j].ID:
			i++
		case a[i].ID > b[j].ID:
			j++
		default:
			s += a[i].Weight * b[j].Weight
			i++
			j++
		}
	}
	return s
}

// Add is the sum of two vectors, whose terms come by id.
func Add(a, b []Term) []Term {
	out := make([]Term, 0, len(a)+len(b))
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i].ID < b[j].ID:
			out = append(out, a[i])
			i++
		case a[i].ID > b[j].ID:
			out = append(out, b[j])
			j++
		default:
			out = append(out, Term{a[i].ID, a[i].Weight + b[j].Weight})
			i++
			j++
		}
	}
	return append(append(out, a[i:]...), b[j:]...)
}

// Bags are the shares, by weight, of each bag that stands in the other.
func Bags(a, b []Term) (inB, inA float64) {
	var same, allA, allB float64
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case j == len(b) || i < len(a) && a[i].ID < b[j].ID:
			allA += a[i].Weight
			i++
		case i == len(a) || b[j].ID < a[i].ID:
			allB += b[j].Weight
			j++
		default:
			same += min(a[i].Weight, b[j].Weight)
			allA += a[i].Weight
			allB += b[j].Weight
			i++
			j++
		}
	}
	return Share(same, allA), Share(same, allB)
}

// Share is a part of a whole, 0 to 1; 0 of nothing.
func Share(part, whole float64) float64 {
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
func neighbors(vectors [][]Term, v *Vocabulary, workers int) [][]int {
	heavy := make([][]Term, len(vectors))
	Parallel(len(vectors), workers, func(i int) {
		h := slices.Clone(vectors[i])
		slices.SortFunc(h, func(a, b Term) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID))
		})
		heavy[i] = h[:min(len(h), neighborTerms)]
	})
	postings := make([][]int32, v.Len())
	weights := make([][]float32, v.Len())
	for i, h := range heavy {
		for _, t := range h {
			postings[t.ID] = append(postings[t.ID], int32(i))
			weights[t.ID] = append(weights[t.ID], float32(t.Weight))
		}
	}
	near := make([][]int, len(vectors))
	pool := NewScores(len(vectors))
	Parallel(len(vectors), workers, func(i int) {
		score := pool.Get().(*Scores)
		defer pool.Put(score)
		defer score.Clear()
		for _, t := range heavy[i] {
			p, w := postings[t.ID], weights[t.ID]
			end, _ := slices.BinarySearch(p, int32(i))
			for k := max(0, end-neighborPosting); k < end; k++ {
				score.Add(p[k], t.Weight*float64(w[k]))
			}
		}
		type scored struct {
			doc   int
			score float64
		}
		var best []scored
		for _, j := range score.Touched {
			if s := score.Of[j]; s > neighborLeast {
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

// Scores add up what speaks for each of many candidates, without clearing more than was touched.
type Scores struct {
	Of      []float64
	Touched []int32
}

// NewScores is a pool of scores of n candidates, for as many goroutines as ask.
func NewScores(n int) *sync.Pool {
	return &sync.Pool{New: func() any { return &Scores{Of: make([]float64, n)} }}
}

// Add gives a candidate more than nothing.
func (s *Scores) Add(i int32, x float64) {
	if s.Of[i] == 0 {
		s.Touched = append(s.Touched, i)
	}
	s.Of[i] += x
}

// Clear forgets all candidates.
func (s *Scores) Clear() {
	for _, i := range s.Touched {
		s.Of[i] = 0
	}
	s.Touched = s.Touched[:0]
}
