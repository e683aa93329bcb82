package meaning

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/onrecord/onrecord/learn"
)

// Words are what a dictionary says of words, to be packed.
type Words struct {
	Senses  map[string][]Sense // of a lemma in lower case, the commonest first of each part of speech
	Parents []int              // of each synset by number, -1 for none
	// Pairs of lemmas, in either order: direct antonyms, antonyms of what the word is like, and words that come from one another.
	Antonyms, Indirect, Derivations [][2]string
}

// A Sense is a synset by number, as a part of speech: 1 noun, 2 verb, 3 adjective, 4 adverb.
type Sense struct{ Synset, Part int }

// Pack lays the words out as words.bin. Of two words with one hash the first by the alphabet is kept.
func (w *Words) Pack() []byte {
	hashes := map[uint32]string{}
	for lemma := range w.Senses {
		h := learn.HashString(lemma)
		if other, ok := hashes[h]; !ok || lemma < other {
			hashes[h] = lemma
		}
	}
	keys := slices.Sorted(mapKeys(hashes))
	number := map[string]uint32{}
	for i, h := range keys {
		number[hashes[h]] = uint32(i)
	}
	lists := [][]uint64{pairsOf(w.Antonyms, number), pairsOf(w.Indirect, number), pairsOf(w.Derivations, number)}

	var begins, senses []uint32
	for _, h := range keys {
		begins = append(begins, uint32(len(senses)))
		for _, s := range w.Senses[hashes[h]] {
			senses = append(senses, uint32(s.Synset)|uint32(s.Part)<<28)
		}
	}
	begins = append(begins, uint32(len(senses)))
	b := put(nil, []uint32{uint32(len(keys)), uint32(len(senses)), uint32(len(w.Parents)), uint32(len(lists[0])), uint32(len(lists[1])), uint32(len(lists[2])), 0})
	b = put(put(put(b, keys), begins), senses)
	for _, p := range w.Parents {
		b = binary.LittleEndian.AppendUint32(b, uint32(p)) // -1 is noSynset
	}
	for _, list := range lists {
		for _, p := range list {
			b = put(b, []uint32{uint32(p >> 32), uint32(p)})
		}
	}
	return b
}

func mapKeys(m map[uint32]string) func(func(uint32) bool) {
	return func(yield func(uint32) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func put(b []byte, list []uint32) []byte {
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	return b
}

// pairsOf are the pairs by the numbers of their words, sorted, each once.
func pairsOf(pairs [][2]string, number map[string]uint32) []uint64 {
	var list []uint64
	for _, p := range pairs {
		x, ok := number[p[0]]
		y, both := number[p[1]]
		if ok && both && x != y {
			list = append(list, uint64(min(x, y))<<32|uint64(max(x, y)))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// A Vector is a word in lower case and where it stands.
type Vector struct {
	Word   string
	Values [dimensions]float32
}

// PackVectors lays vectors, in order of the frequency of their words, out as vectors.bin. The mean of all is taken out: what all words have in
// common tells none from another (Mu and Viswanath 2018).
func PackVectors(list []Vector) []byte {
	var mean [dimensions]float32
	for i := range list {
		for k, v := range list[i].Values {
			mean[k] += v / float32(len(list))
		}
	}
	type row struct {
		key   uint32
		rank  int
		scale float32
		bytes [dimensions]byte
	}
	rows := make([]row, 0, len(list))
	for rank := range list {
		r := row{key: learn.HashString(list[rank].Word), rank: rank}
		var most float32
		v := list[rank].Values
		for k := range v {
			v[k] -= mean[k]
			most = max(most, v[k], -v[k])
		}
		sum := 0.0
		for k := range v {
			q := int8(math.RoundToEven(float64(v[k] / most * 127)))
			r.bytes[k] = byte(q)
			sum += float64(q) * float64(q)
		}
		r.scale = float32(1 / math.Sqrt(sum))
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	rows = slices.CompactFunc(rows, func(a, b row) bool { return a.key == b.key })
	b := put(nil, []uint32{uint32(len(rows)), dimensions})
	for _, r := range rows {
		b = put(b, []uint32{r.key})
	}
	for _, r := range rows {
		b = binary.LittleEndian.AppendUint16(b, uint16(r.rank))
	}
	for _, r := range rows {
		b = put(b, []uint32{math.Float32bits(r.scale)})
	}
	for _, r := range rows {
		b = append(b, r.bytes[:]...)
	}
	return b
}
