package learn

import (
	"math"
	"math/rand/v2"
	"testing"
)

// toy chains: the label repeats what the feature says, and 2 follows 1 only.
func toy(n int, seed uint64) []*Chain {
	r := rand.New(rand.NewPCG(seed, 1))
	var out []*Chain
	for range n {
		c := new(Chain)
		was := uint8(0)
		for range 3 + r.IntN(6) {
			y := uint8(r.IntN(2))
			if (was == 1 || was == 2) && r.IntN(2) == 0 {
				y = 2
			}
			f := uint32(10)
			if y != 0 {
				f = 11 // 1 and 2 look alike: only the transition tells them apart
			}
			c.Add(f)
			c.Add(uint32(100 + r.IntN(20)))
			c.End(uint8(r.IntN(2)))
			c.Gold = append(c.Gold, y)
			was = y
		}
		out = append(out, c)
	}
	return out
}

func options() CRFOptions {
	return CRFOptions{
		Labels: 3, Contexts: 2, Epochs: 6, Rate: .1, Dropout: .2, Least: 1, Seed: 7,
		Allowed: func(from, to int) bool { return to != 2 || from == 1 || from == 2 },
	}
}

// each calls f with every sequence of n labels and its score.
func each(m *CRF, l *Lattice, f func(labels []uint8, score float64)) {
	L := m.Labels
	labels := make([]uint8, l.n)
	for k := range int(math.Pow(float64(L), float64(l.n))) {
		for i := range labels {
			labels[i] = uint8(k % L)
			k /= L
		}
		f(labels, l.Path(labels))
	}
}

func TestCRFAgainstEnumeration(t *testing.T) {
	m := TrainCRF(toy(60, 3), options())
	var l Lattice
	for _, c := range toy(20, 4) {
		m.Score(c, &l)
		l.Add(1, .3)
		l.Add(2, -.2)
		best := l.Best(nil)
		logZ := l.Sum()
		sum, top := 0.0, math.Inf(-1)
		marginal := make([]float64, l.n*m.Labels)
		spans := make(map[[2]int]float64)
		each(m, &l, func(labels []uint8, score float64) {
			w := math.Exp(score)
			sum += w
			top = max(top, score)
			for i, y := range labels {
				marginal[i*m.Labels+int(y)] += w
				if y == 1 {
					e := i + 1
					for e < len(labels) && labels[e] == 2 {
						e++
					}
					spans[[2]int{i, e}] += w
				}
			}
		})
		if math.Abs(math.Log(sum)-logZ) > 1e-3 {
			t.Fatalf("log Z %v, by enumeration %v", logZ, math.Log(sum))
		}
		if got := l.Path(best); math.Abs(got-top) > 1e-3 {
			t.Fatalf("best sequence scores %v, by enumeration %v", got, top)
		}
		for i := range l.n {
			for y := range m.Labels {
				if p := marginal[i*m.Labels+y] / sum; math.Abs(p-float64(l.P(i, y))) > 1e-3 {
					t.Fatalf("P(%d, %d) = %v, by enumeration %v", i, y, l.P(i, y), p)
				}
			}
		}
		l.Spans(1, 2, 0.001, func(first, end int, p float32) {
			if want := spans[[2]int{first, end}] / sum; math.Abs(want-float64(p)) > 1e-3 {
				t.Fatalf("span [%d, %d) has %v, by enumeration %v", first, end, p, want)
			}
			delete(spans, [2]int{first, end})
		})
		for s, w := range spans {
			if w/sum > .01 {
				t.Fatalf("span %v with probability %v was not found", s, w/sum)
			}
		}
	}
}

func TestCRFLearns(t *testing.T) {
	m := TrainCRF(toy(400, 1), options())
	var l Lattice
	right, all := 0, 0
	for _, c := range toy(100, 2) {
		m.Score(c, &l)
		for i, y := range l.Best(nil) {
			all++
			if (y == 0) == (c.Gold[i] == 0) {
				right++
			}
			if y == 2 && (i == 0 || l.Best(nil)[i-1] == 0) {
				t.Fatal("a forbidden transition")
			}
		}
	}
	if right < all*99/100 {
		t.Errorf("%d of %d labels", right, all)
	}
}

func TestCRFFlatForm(t *testing.T) {
	m := TrainCRF(toy(60, 3), options())
	b := m.AppendTo(nil)
	again := TrainCRF(toy(60, 3), options()).AppendTo(nil)
	if string(b) != string(again) {
		t.Error("trained twice, two results")
	}
	n, rest, err := ReadCRF(append(b[:len(b):len(b)], 'x'))
	if err != nil || string(rest) != "x" {
		t.Fatalf("rest %q, error %v", rest, err)
	}
	if string(n.AppendTo(nil)) != string(b) {
		t.Error("read and written, it differs")
	}
	for cut := range len(b) {
		if _, _, err := ReadCRF(b[:cut]); err == nil {
			t.Fatalf("cut to %d of %d bytes, it was read", cut, len(b))
		}
	}
}
