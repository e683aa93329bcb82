package learn

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
)

// choices between two to five alternatives: the right one has feature 1, or, where none has, the last, which says so (feature 9).
func choices(n int, seed uint64) []*Chain {
	r := rand.New(rand.NewPCG(seed, 2))
	var out []*Chain
	for range n {
		c := new(Chain)
		k := 1 + r.IntN(4)
		right := r.IntN(k + 1)
		for i := range k + 1 {
			gold := uint8(0)
			if i == right {
				gold = 1
			}
			switch {
			case i == k:
				c.Add(9)
			case i == right:
				c.Add(1)
			}
			c.Add(uint32(100 + r.IntN(30)))
			c.End(0)
			c.Gold = append(c.Gold, gold)
		}
		out = append(out, c)
	}
	return out
}

func TestChoice(t *testing.T) {
	o := ChoiceOptions{Gains: []float64{0, 1}, Epochs: 8, Averaged: 4, Rate: .1, Dropout: .2, Least: 1, Seed: 5}
	first, last := math.Inf(1), math.Inf(1)
	o.Progress = func(epoch int, loss float64) {
		if epoch == 0 {
			first = loss
		}
		last = loss
	}
	m := TrainChoice(choices(400, 1), o)
	if last >= first {
		t.Errorf("the loss went from %f to %f", first, last)
	}
	flat := m.AppendTo(nil)
	if again := TrainChoice(choices(400, 1), o).AppendTo(nil); !bytes.Equal(flat, again) {
		t.Error("the same choices gave another model")
	}
	m, _, err := ReadCRF(flat)
	if err != nil {
		t.Fatal(err)
	}
	var l Lattice
	var shares []float64
	for k, c := range choices(200, 2) {
		m.Score(c, &l)
		shares = l.Shares(shares)
		sum, best := 0.0, 0
		for i, p := range shares {
			sum += p
			if p > shares[best] {
				best = i
			}
			if i > 0 {
				if want := math.Exp(float64(l.emission[i] - l.emission[i-1])); math.Abs(p/shares[i-1]-want) > 1e-3*want {
					t.Fatalf("choice %d: alternative %d is %f times as likely as the one before, its score says %f", k, i, p/shares[i-1], want)
				}
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("choice %d: the shares sum to %f", k, sum)
		}
		if c.Gold[best] != 1 {
			t.Errorf("choice %d: alternative %d of %v", k, best, shares)
		}
	}
}
