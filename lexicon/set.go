package lexicon

import (
	"maps"
	"slices"
)

// shapes are the first letters and lengths of words: quick to say no, since most words of a text are in no table, and most of
// those differ from all its members in first letter or length.
type shapes [256]uint32 // by first byte: a bit for each length up to 31

func (s *shapes) add(w string)      { s[w[0]] |= 1 << min(len(w), 31) }
func (s *shapes) may(w string) bool { return w != "" && s[w[0]]>>min(len(w), 31)&1 == 1 }

// A Set is a set of words that is quick to say no.
type Set struct {
	words map[string]bool
	shapes
}

// NewSet is the set of the words, none of which is empty.
func NewSet(words ...string) *Set {
	s := &Set{words: make(map[string]bool, len(words))}
	for _, w := range words {
		s.words[w] = true
		s.add(w)
	}
	return s
}

// Has says whether the word is in the set.
func (s *Set) Has(w string) bool { return s.may(w) && s.words[w] }

// Words are the words of the set, in order.
func (s *Set) Words() []string { return slices.Sorted(maps.Keys(s.words)) }

// A Table holds a value for each of its words, and is quick to say no.
type Table[V any] struct {
	words map[string]V
	shapes
}

// NewTable is the table of what the map holds, which the table keeps. No word is empty.
func NewTable[V any](words map[string]V) *Table[V] {
	t := &Table[V]{words: words}
	for w := range words {
		t.add(w)
	}
	return t
}

// Of is the value of the word, zero where there is none.
func (t *Table[V]) Of(w string) V {
	v, _ := t.Find(w)
	return v
}

// Has says whether the word is in the table.
func (t *Table[V]) Has(w string) bool {
	_, ok := t.Find(w)
	return ok
}

// Find is the value of the word and whether it is in the table.
func (t *Table[V]) Find(w string) (V, bool) {
	if !t.may(w) {
		var none V
		return none, false
	}
	v, ok := t.words[w]
	return v, ok
}
