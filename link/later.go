package link

import (
	"cmp"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
)

const (
	laterDays = 14 // days after an article within which others are alike to it
	laterHits = 2  // times that a later article has a key that an article of the period has, at least

	// KeyReach is how many later articles one key of a period reaches: the first that have it.
	KeyReach = 16
)

// Keys are what an article has in common with others that it may have to do with: see [corpus.Keys]. They depend on its text alone. Ledgers
// keep them: what changes them needs a version of the schema that makes them anew.
func Keys(a *onrecord.Article) []int64 { return corpus.Keys(a) }

// A Keyed moment is that of an article that has a key.
type Keyed struct{ Moment, Key int64 }

// An Index finds articles by their keys.
type Index interface {
	// Keys are the keys of the articles of a period.
	Keys(p Period) ([]Keyed, error)
	// After are the first moments from one on, at most KeyReach, of articles that have a key, in order.
	After(key, from int64) ([]int64, error)
}

// Later are the moments of later articles that are linked with those of a period, in order: those that have the most keys in common with
// them, within days, as many as a period has articles at most. An article comes to be among them, or stops, only where
// it, or one of the KeyReach articles before it that have one of its keys, is of the period.
func Later(in Index, p Period, sizes Sizes) ([]int64, error) {
	keys, err := in.Keys(p)
	if err != nil {
		return nil, err
	}
	after, hits := map[int64][]int64{}, map[int64]int{}
	for _, k := range keys {
		list, looked := after[k.Key]
		if !looked {
			if list, err = in.After(k.Key, p.To); err != nil {
				return nil, err
			}
			after[k.Key] = list
		}
		for _, m := range list {
			if undated(k.Moment) || m-k.Moment < laterDays*corpus.DayMoments {
				hits[m]++
			}
		}
	}
	later := make([]int64, 0, len(hits))
	for m, n := range hits {
		if n >= laterHits {
			later = append(later, m)
		}
	}
	slices.SortFunc(later, func(a, b int64) int { return cmp.Or(cmp.Compare(hits[b], hits[a]), cmp.Compare(a, b)) })
	later = later[:min(len(later), sizes.Period)]
	slices.Sort(later)
	return later, nil
}

func undated(moment int64) bool { return moment < Always.From+corpus.DayMoments }

// A shelf is readings in memory, by their moments, with an index of their keys.
type shelf struct {
	readings []*onrecord.Reading // by moment
	moments  []int64             // of readings
	keyed    []Keyed             // by moment
	having   map[int64][]int64   // the moments that have a key, in order
}

// newShelf is a shelf of readings; where there is one period alone, no keys are looked for.
func newShelf(readings []*onrecord.Reading) *shelf {
	s := &shelf{readings: slices.Clone(readings)}
	slices.SortStableFunc(s.readings, func(a, b *onrecord.Reading) int {
		return cmp.Or(cmp.Compare(Moment(a.Article), Moment(b.Article)), cmp.Compare(a.Article.ID, b.Article.ID))
	})
	s.readings = slices.CompactFunc(s.readings, func(a, b *onrecord.Reading) bool { return a.Article.ID == b.Article.ID })
	for _, r := range s.readings {
		s.moments = append(s.moments, Moment(r.Article))
	}
	return s
}

// index makes the index of keys.
func (s *shelf) index() {
	s.having = map[int64][]int64{}
	for i, r := range s.readings {
		m := s.moments[i]
		for _, k := range Keys(r.Article) {
			if has := s.having[k]; len(has) == 0 || has[len(has)-1] != m {
				s.having[k] = append(has, m)
				s.keyed = append(s.keyed, Keyed{m, k})
			}
		}
	}
}

// of are the readings of a period.
func (s *shelf) of(p Period) []*onrecord.Reading {
	from, _ := slices.BinarySearch(s.moments, p.From)
	to, _ := slices.BinarySearch(s.moments, p.To)
	return s.readings[from:to]
}

// Keys: see [Index].
func (s *shelf) Keys(p Period) ([]Keyed, error) {
	at := func(m int64) int {
		i, _ := slices.BinarySearchFunc(s.keyed, m, func(k Keyed, m int64) int { return cmp.Compare(k.Moment, m) })
		return i
	}
	return s.keyed[at(p.From):at(p.To)], nil
}

// After: see [Index].
func (s *shelf) After(key, from int64) ([]int64, error) {
	has := s.having[key]
	at, _ := slices.BinarySearch(has, from)
	return has[at:min(len(has), at+KeyReach)], nil
}
