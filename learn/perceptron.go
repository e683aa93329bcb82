package learn

import (
	"cmp"
	"math"
	"slices"
)

// A Perceptron is an averaged multiclass perceptron in training (Collins 2002). A feature counts once it took part in Least
// updates (Goldberg and Elhadad 2011), which keeps the model small and does no harm. All sums are integers: the same examples
// in the same order give the same model on every machine.
type Perceptron struct {
	labels []string
	least  uint8
	slots  []uint64 // feature | (row+1)<<32
	n      int
	seen   []uint8 // updates of each row, up to 255
	w      []int32 // rows of len(labels)
	u      []int64 // of the same shape: sum of step*change
	step   int64
}

// NewPerceptron makes a perceptron whose features count after least updates.
func NewPerceptron(labels []string, least int) *Perceptron {
	return &Perceptron{labels: labels, least: uint8(least), slots: make([]uint64, 1<<16), step: 1}
}

func (p *Perceptron) find(f uint32) uint32 {
	mask := uint32(len(p.slots) - 1)
	i := f * 0x9E3779B1 & mask
	for p.slots[i] != 0 && uint32(p.slots[i]) != f {
		i = (i + 1) & mask
	}
	return i
}

// Score sets s, of one element for each label, to the scores of the features.
func (p *Perceptron) Score(features []uint32, s []int32) {
	clear(s)
	n := len(p.labels)
	for _, f := range features {
		e := p.slots[p.find(f)]
		if e == 0 {
			continue
		}
		row := int(e>>32) - 1
		if p.seen[row] < p.least {
			continue
		}
		for y, w := range p.w[row*n : row*n+n] {
			s[y] += w
		}
	}
}

// Step counts a decision: averages are over decisions.
func (p *Perceptron) Step() { p.step++ }

// Update moves the weights of the features towards the label good and away from bad.
func (p *Perceptron) Update(features []uint32, good, bad int) {
	n := len(p.labels)
	for _, f := range features {
		i := p.find(f)
		if p.slots[i] == 0 {
			if 2*p.n >= len(p.slots) {
				p.grow()
				i = p.find(f)
			}
			p.n++
			p.slots[i] = uint64(f) | uint64(p.n)<<32
			p.seen = append(p.seen, 0)
			p.w = append(p.w, make([]int32, n)...)
			p.u = append(p.u, make([]int64, n)...)
		}
		row := int(p.slots[i]>>32) - 1
		if p.seen[row] < math.MaxUint8 {
			p.seen[row]++
		}
		p.w[row*n+good]++
		p.u[row*n+good] += p.step
		p.w[row*n+bad]--
		p.u[row*n+bad] -= p.step
	}
}

func (p *Perceptron) grow() {
	old := p.slots
	p.slots = make([]uint64, 2*len(old))
	for _, e := range old {
		if e != 0 {
			p.slots[p.find(uint32(e))] = e
		}
	}
}

// Model is the averaged model, its weights rounded to integers, a unit of which is such that nearly all weights fit their range.
// Of more than most features those with the largest weights stay.
func (p *Perceptron) Model(most int) *Linear {
	n := len(p.labels)
	var all []float64
	for row, seen := range p.seen {
		if seen < p.least {
			continue
		}
		for y := row * n; y < row*n+n; y++ {
			if a := math.Abs(p.average(y)); a > 0 {
				all = append(all, a)
			}
		}
	}
	slices.Sort(all)
	unit := 1.0
	if len(all) > 0 {
		unit = all[len(all)-1-len(all)/20000] / maxWeight
	}
	type ranked struct {
		packedRow
		top int
	}
	var rows []ranked
	for _, e := range p.slots {
		if e == 0 {
			continue
		}
		row := int(e>>32) - 1
		if p.seen[row] < p.least {
			continue
		}
		r := ranked{packedRow: packedRow{uint32(e), make([]int16, n)}}
		for y := range n {
			w := int(max(-maxWeight, min(maxWeight, math.Round(p.average(row*n+y)/unit))))
			r.weights[y] = int16(w)
			r.top = max(r.top, w, -w)
		}
		if r.top > 0 {
			rows = append(rows, r)
		}
	}
	slices.SortFunc(rows, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.top, a.top), cmp.Compare(a.feature, b.feature))
	})
	rows = rows[:min(most, len(rows))]
	slices.SortFunc(rows, func(a, b ranked) int { return cmp.Compare(a.feature, b.feature) })
	m := &Linear{Labels: p.labels}
	packed := make([]packedRow, len(rows))
	for i, r := range rows {
		packed[i] = r.packedRow
	}
	m.fill(packed)
	return m
}

func (p *Perceptron) average(i int) float64 {
	return float64(p.w[i]) - float64(p.u[i])/float64(p.step)
}
