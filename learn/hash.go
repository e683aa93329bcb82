// Package learn holds linear models over hashed features: an averaged perceptron and its packed form, a conditional random
// field, the transition system of a dependency parser, and the file format of trained weights.
//
// Features are hashes of 32 bits, made of a template's number and of hashes of words by [Hash]: no strings are put together.
// Weights are kept by the full hash, so that features which were not learned weigh nothing.
package learn

// Hash is the hash of the sequence whose hash so far is h, and v. Start with the number of a feature's template, which keeps
// templates apart; add one value after another.
func Hash(h, v uint32) uint32 {
	x := (uint64(h)<<32 | uint64(v)) ^ 0x9E3779B97F4A7C15
	x *= 0xD6E8FEB86659FD93
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return uint32(x >> 32)
}

// HashString is the 32-bit FNV-1a hash of s.
func HashString(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// A Template is the number of a feature's template: what the feature looks at. Trained weights know a template by its number alone.
type Template uint32
