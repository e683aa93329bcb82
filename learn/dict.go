package learn

import (
	"encoding/binary"
	"slices"
)

// A Dict maps hashes of words to small numbers. Hash 0 is not kept.
type Dict struct {
	keys   []uint32
	values []uint16
	n      int
}

// NewDict makes a Dict with room for n words.
func NewDict(n int) *Dict {
	size := 2
	for size < 2*n {
		size *= 2
	}
	return &Dict{keys: make([]uint32, size), values: make([]uint16, size)}
}

// Put sets the value of a word. No more words may be put than there is room for.
func (d *Dict) Put(key uint32, value uint16) {
	if key == 0 {
		return
	}
	mask := uint32(len(d.keys) - 1)
	i := key * 0x9E3779B1 & mask
	for d.keys[i] != 0 && d.keys[i] != key {
		i = (i + 1) & mask
	}
	if d.keys[i] == 0 {
		d.n++
	}
	d.keys[i], d.values[i] = key, value
}

// Get is the value of a word, 0 when it has none.
func (d *Dict) Get(key uint32) uint16 {
	mask := uint32(len(d.keys) - 1)
	for i := key * 0x9E3779B1 & mask; d.keys[i] != 0; i = (i + 1) & mask {
		if d.keys[i] == key {
			return d.values[i]
		}
	}
	return 0
}

// AppendTo adds the words to a payload: hashes in rising order as differences, then values.
func (d *Dict) AppendTo(b []byte) []byte {
	order := make([]uint32, 0, d.n)
	for _, k := range d.keys {
		if k != 0 {
			order = append(order, k)
		}
	}
	slices.Sort(order)
	b = binary.AppendUvarint(b, uint64(len(order)))
	last := uint32(0)
	for _, k := range order {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, k := range order {
		b = binary.AppendUvarint(b, uint64(d.Get(k)))
	}
	return b
}

// Dict reads a Dict.
func (r *Reader) Dict() *Dict {
	keys := make([]uint32, r.count("words", 2))
	d := NewDict(len(keys))
	last := uint32(0)
	for i := range keys {
		last += uint32(r.Uint())
		keys[i] = last
	}
	for _, k := range keys {
		d.Put(k, uint16(r.Uint()))
	}
	return d
}
