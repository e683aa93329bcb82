package meaning

import (
	"encoding/binary"
	"math"
	"sort"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/meaning/weights"
)

// The two tables are read where they lie in the binary, so that nothing is decoded before the first comparison. Numbers are little-endian.
//
// words.bin, made of WordNet by [Words.Pack]:
//
//	counts       7 x uint32: words, senses, synsets, antonyms, indirect antonyms, derivations, 0
//	keys         words x uint32, rising: the hash of a lemma
//	begins       (words+1) x uint32: where the senses of a word begin
//	senses       uint32 each: a synset, commonest first of each part of speech, in bits 0-27; in bits 28-31 the part of speech
//	parents      synsets x uint32: the synset that is one wider, or that an adjective is like; all ones for none
//	pairs        three lists of 2 x uint32, rising: words by number, the smaller first
//
// vectors.bin, made by [Vectors.Pack]:
//
//	count        uint32, and uint32 dimensions
//	keys         count x uint32, rising: the hash of a word in lower case
//	ranks        count x uint16: by frequency, 0 the commonest
//	scales       count x float32: the reciprocal of the vector's length
//	vectors      count x dimensions x int8
const dimensions = 100

const noSynset = math.MaxUint32

// A wordNet is words.bin, cut into its lists.
type wordNet struct {
	keys, begins, senses, parents   []byte
	antonyms, indirect, derivations []byte
}

// A space is vectors.bin, cut into its lists.
type space struct{ keys, ranks, scales, vectors []byte }

var (
	net     = cutWords(weights.Words)
	vectors = cutVectors(weights.Vectors)
)

func cutWords(b []byte) (w wordNet) {
	const counts = 7
	if len(b) < 4*counts {
		return w
	}
	n := func(i int) int { return int(at(b, i)) }
	rest := b[4*counts:]
	take := func(size int) []byte {
		part := rest[:size]
		rest = rest[size:]
		return part
	}
	w.keys, w.begins, w.senses, w.parents = take(4*n(0)), take(4*(n(0)+1)), take(4*n(1)), take(4*n(2))
	w.antonyms, w.indirect, w.derivations = take(8*n(3)), take(8*n(4)), take(8*n(5))
	return w
}

func cutVectors(b []byte) (s space) {
	const head = 8
	if len(b) < head {
		return s
	}
	n := int(at(b, 0))
	rest := b[head:]
	s.keys, rest = rest[:4*n], rest[4*n:]
	s.ranks, rest = rest[:2*n], rest[2*n:]
	s.scales, s.vectors = rest[:4*n], rest[4*n:]
	return s
}

// at is number i of a list.
func at(list []byte, i int) uint32 { return binary.LittleEndian.Uint32(list[4*i:]) }

// find is the place of a word's hash in a rising list, -1 where it is not there.
func find(keys []byte, word string) int32 {
	h, n := learn.HashString(word), len(keys)/4
	i := sort.Search(n, func(i int) bool { return at(keys, i) >= h })
	if i < n && at(keys, i) == h {
		return int32(i)
	}
	return -1
}

// pair says whether two words, by number, stand in a list of pairs.
func pair(list []byte, a, b int32) bool {
	if a < 0 || b < 0 {
		return false
	}
	if a > b {
		a, b = b, a
	}
	want := uint64(a)<<32 | uint64(b)
	n := len(list) / 8
	get := func(i int) uint64 { return uint64(at(list, 2*i))<<32 | uint64(at(list, 2*i+1)) }
	i := sort.Search(n, func(i int) bool { return get(i) >= want })
	return i < n && get(i) == want
}

// A sense is what a word may mean: a synset and the two that are wider.
type sense struct{ synset, parent, above uint32 }

// mostSenses is how many senses of a word are looked at, the commonest first.
const mostSenses = 8

// sensesOf are the commonest senses of a word, by number, as the part of speech: 1 noun, 2 verb, 3 adjective, 4 adverb, 0 any.
func (w *wordNet) sensesOf(word int32, part uint32) []sense {
	if word < 0 {
		return nil
	}
	var list []sense
	for i := at(w.begins, int(word)); i < at(w.begins, int(word)+1) && len(list) < mostSenses; i++ {
		s := at(w.senses, int(i))
		if part != 0 && s>>28 != part {
			continue
		}
		x := sense{synset: s & (1<<28 - 1), above: noSynset}
		if x.parent = at(w.parents, int(x.synset)); x.parent != noSynset {
			x.above = at(w.parents, int(x.parent))
		}
		list = append(list, x)
	}
	return list
}

// A vector is where a word stands in the space; nil for a word that is not known.
type vector struct {
	values []byte // int8 each
	scale  float32
}

// of is a word's vector, and its rank by frequency; unknown words come after all.
func (s *space) of(word string) (vector, int) {
	i := int(find(s.keys, word))
	if i < 0 {
		return vector{}, len(s.keys) / 4
	}
	return vector{s.vectors[dimensions*i : dimensions*(i+1)], math.Float32frombits(at(s.scales, i))}, int(binary.LittleEndian.Uint16(s.ranks[2*i:]))
}

// near is the cosine of two vectors, 0 where one is not known.
func near(a, b vector) float32 {
	if a.values == nil || b.values == nil {
		return 0
	}
	x, y := a.values[:dimensions], b.values[:dimensions]
	var sum int32
	for i := range x {
		sum += int32(int8(x[i])) * int32(int8(y[i]))
	}
	return float32(sum) * a.scale * b.scale
}
