package number

// A Set is a set of words that is quick to say no: most words of a text are in no set, and most of those differ from all its
// members in first letter or length.
type Set struct {
	words  map[string]bool
	shapes [256]uint32 // by first byte: a bit for each length up to 31
}

// NewSet is the set of the words.
func NewSet(words ...string) *Set {
	s := &Set{words: make(map[string]bool, len(words))}
	for _, w := range words {
		s.words[w] = true
		s.shapes[w[0]] |= 1 << min(len(w), 31)
	}
	return s
}

// Has says whether the word is in the set.
func (s *Set) Has(w string) bool {
	return w != "" && s.shapes[w[0]]>>min(len(w), 31)&1 == 1 && s.words[w]
}
