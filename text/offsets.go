package text

import (
	"sort"
	"unicode/utf8"
)

// Offsets turns byte offsets of a text into offsets in Unicode code points and back. A byte that is not valid UTF-8 counts
// as one code point.
type Offsets struct {
	s     string
	every []int32 // byte offset of each code point whose number is a multiple of step; nil when all of s is ASCII
	runes int
}

const step = 128

// NewOffsets measures a text, in one pass.
func NewOffsets(s string) *Offsets {
	o := &Offsets{s: s, runes: len(s)}
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return o
	}
	o.every = make([]int32, 0, len(s)/step+1)
	n := 0
	for i := range s {
		if n%step == 0 {
			o.every = append(o.every, int32(i))
		}
		n++
	}
	o.runes = n
	return o
}

// Len is the number of code points in the text.
func (o *Offsets) Len() int { return o.runes }

// Rune is the number of code points that begin before byte offset b.
func (o *Offsets) Rune(b int) int {
	switch {
	case b <= 0:
		return 0
	case b >= len(o.s):
		return o.runes
	case o.every == nil:
		return b
	}
	k := sort.Search(len(o.every), func(k int) bool { return int(o.every[k]) > b }) - 1
	n := k * step
	for i := range o.s[o.every[k]:] {
		if int(o.every[k])+i >= b {
			break
		}
		n++
	}
	return n
}

// Byte is the byte offset at which code point n begins; the length of the text when it has fewer.
func (o *Offsets) Byte(n int) int {
	switch {
	case n <= 0:
		return 0
	case n >= o.runes:
		return len(o.s)
	case o.every == nil:
		return n
	}
	from := int(o.every[n/step])
	n %= step
	for i := range o.s[from:] {
		if n == 0 {
			return from + i
		}
		n--
	}
	return len(o.s)
}
