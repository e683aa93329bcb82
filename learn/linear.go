package learn

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// MaxFeatures is the most features a decision of a [Linear] model may have.
const MaxFeatures = 80

// maxWeight keeps the sum of MaxFeatures weights within 16 bits.
const maxWeight = math.MaxInt16 / MaxFeatures

// zero is the score of no features: four lanes of 16 bits around their middle.
const zero = 0x8000_8000_8000_8000

// A Linear model scores labels by the sum of the weights of a decision's features. Weights are integers; the scores of four
// labels lie side by side in a uint64, so that one addition adds four weights: a row holds the sum of w<<(16*lane), borrows
// included, and since the final score of every lane fits its 16 bits, sums come out exactly whatever happens on the way.
// It is safe for concurrent use.
type Linear struct {
	Labels []string
	width  int      // uint64s in a row
	shift  uint32   // of the slots' hash
	slots  []uint64 // feature | (row+1)<<32, in the order of the hashes, with linear probing; 0 is empty
	rows   []uint64
}

// Scores holds the scores of a decision's labels; make it with [Linear.Scores].
type Scores []uint64

// Scores makes room for the model's scores.
func (m *Linear) Scores() Scores { return make(Scores, m.width) }

// Features is the number of features that have weights.
func (m *Linear) Features() int {
	if m.width == 0 {
		return 0
	}
	return len(m.rows) / m.width
}

// Score sets s to the scores of a decision with the given features, at most MaxFeatures.
func (m *Linear) Score(features []uint32, s Scores) {
	for i := range s {
		s[i] = zero
	}
	var rows [64]int
	for len(features) > 0 {
		n := min(len(features), len(rows))
		found := m.find(features[:n], &rows)
		features = features[n:]
		if w := m.width; w == 1 {
			for _, r := range rows[:found] {
				s[0] += m.rows[r]
			}
		} else {
			for _, r := range rows[:found] {
				row := m.rows[r*w : r*w+w]
				acc := s[:len(row)]
				for i, x := range row {
					acc[i] += x
				}
			}
		}
	}
}

// find puts the numbers of the rows of at most 64 features into rows and returns how many have one. Most of the time goes into
// waiting for memory: so all first slots are looked up before any is used, which lets the processor wait for many at once.
func (m *Linear) find(features []uint32, rows *[64]int) (found int) {
	var first [64]uint64
	for k, f := range features {
		first[k] = m.slots[f>>m.shift]
	}
	mask := uint32(len(m.slots) - 1)
	for k, f := range features {
		e := first[k]
		for i := f>>m.shift + 1; e != 0 && uint32(e) != f; i++ {
			e = m.slots[i&mask]
		}
		if e != 0 {
			rows[found] = int(e>>32) - 1
			found++
		}
	}
	return found
}

// Of is the score of a label.
func (s Scores) Of(label int) int { return int(uint16(s[label>>2]>>(16*(label&3)))) - 1<<15 }

// Best is the label of the highest score, the first one of equals, among the first n.
func (s Scores) Best(n int) int {
	best, top := 0, math.MinInt
	for y := range n {
		if v := int(uint16(s[y>>2] >> (16 * (y & 3)))); v > top {
			best, top = y, v
		}
	}
	return best
}

// A row of the trainer's weights, for packing.
type packedRow struct {
	feature uint32
	weights []int16
}

// room makes room for n rows.
func (m *Linear) room(n int) {
	m.width = (len(m.Labels) + 3) / 4
	size, bits := 2, uint32(1)
	for size < 2*n {
		size, bits = 2*size, bits+1
	}
	m.shift, m.slots, m.rows = 32-bits, table[uint64](size), table[uint64](n*m.width)
}

// fill takes rows in the order of their features.
func (m *Linear) fill(rows []packedRow) {
	m.room(len(rows))
	for n, r := range rows {
		m.place(n, r.feature)
		for y, w := range r.weights {
			m.rows[n*m.width+y>>2] += uint64(int64(w) << (16 * (y & 3)))
		}
	}
}

func (m *Linear) place(n int, f uint32) {
	mask := uint32(len(m.slots) - 1)
	i := f >> m.shift
	for m.slots[i&mask] != 0 {
		i++
	}
	m.slots[i&mask] = uint64(f) | uint64(n+1)<<32
}

// weights takes a row apart.
func (m *Linear) weights(n int) []int16 {
	w := make([]int16, len(m.Labels))
	for k := range m.width {
		x := m.rows[n*m.width+k] + zero
		for lane := range 4 {
			if y := 4*k + lane; y < len(w) {
				w[y] = int16(int32(uint16(x>>(16*lane))) - 1<<15)
			}
		}
	}
	return w
}

// AppendTo adds the model to a payload: labels, then columns - the features' hashes in rising order as differences, the number
// of weights that are not 0 in each row, their labels, their values (zigzag) - of which like lies beside like, for compression.
func (m *Linear) AppendTo(b []byte) []byte {
	type entry struct {
		f uint32
		n int
	}
	var order []entry
	for _, e := range m.slots {
		if e != 0 {
			order = append(order, entry{uint32(e), int(e>>32) - 1})
		}
	}
	slices.SortFunc(order, func(x, y entry) int { return cmp.Compare(x.f, y.f) })
	b = AppendStrings(b, m.Labels)
	b = binary.AppendUvarint(b, uint64(len(order)))
	last := uint32(0)
	for _, e := range order {
		b = binary.AppendUvarint(b, uint64(e.f-last))
		last = e.f
	}
	var labels, values []byte
	for _, e := range order {
		n := 0
		for y, w := range m.weights(e.n) {
			if w != 0 {
				n++
				labels = append(labels, byte(y))
				values = binary.AppendUvarint(values, uint64(uint16(w<<1^w>>15)))
			}
		}
		b = append(b, byte(n))
	}
	b = append(b, labels...)
	return append(b, values...)
}

// Linear reads a model.
func (r *Reader) Linear() *Linear {
	m := &Linear{Labels: r.Strings()}
	if len(m.Labels) > 255 {
		r.fail("%d labels, at most 255", len(m.Labels))
	}
	n := r.count("features", 2)
	m.room(n)
	last := uint32(0)
	for i := range n {
		d := uint32(r.Uint())
		if d == 0 && i > 0 {
			r.fail("features out of order")
			return m
		}
		last += d
		m.place(i, last)
	}
	counts := r.bytes(n)
	total := 0
	for _, c := range counts {
		total += int(c)
	}
	labels := r.bytes(total)
	k := 0
	for i, c := range counts {
		row := m.rows[i*m.width:][:m.width]
		for range c {
			if k >= len(labels) {
				break
			}
			y := int(labels[k])
			k++
			v := uint16(r.Uint())
			w := int64(int16(v>>1) ^ -int16(v&1))
			if y >= len(m.Labels) || w > maxWeight || w < -maxWeight {
				r.fail("weight %d of label %d out of range", w, y)
				return m
			}
			row[y>>2] += uint64(w << (16 * (y & 3)))
		}
	}
	return m
}
