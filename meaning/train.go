package meaning

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A Pair is two passages, of which it is known what the claim is to the record.
type Pair struct {
	Record, Claim *Passage
	// Follows, Contradicts: neither where both are false. NotFollows: it is known only whether the claim contradicts the record.
	Follows, Contradicts bool
	Weight               float64 // 1 for an example as good as another
}

// How the weights are learned: stochastic gradient steps on the conditional likelihood with the step sizes of Adagrad, features left out at random,
// small weights pulled to 0.
const (
	epochs  = 12
	rate    = .04
	dropout = .25
	ridge   = 3e-6
	least   = 3 // pairs that a feature is seen in
)

// Train learns the model and returns its weight file. The result depends on the pairs and their order only.
func Train(pairs []Pair, log func(format string, args ...any)) ([]byte, error) {
	list := make([]example, len(pairs))
	seen := map[uint32]int{}
	for i := range pairs {
		p := &pairs[i]
		w := weigher{alignment: align(p.Record, p.Claim)}
		w.weigh()
		slices.Sort(w.collect)
		list[i] = example{features: w.collect, class: classOf(p), weight: p.Weight}
		for j, f := range w.collect {
			if j == 0 || w.collect[j-1] != f {
				seen[f]++
			}
		}
	}
	t := trainer{number: map[uint32]int{}}
	var keys []uint32
	for f, n := range seen {
		if n >= least {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	for i, f := range keys {
		t.number[f] = i
	}
	t.weights, t.squares = make([]logits, len(keys)), make([]logits, len(keys))
	for i := range list {
		e := &list[i]
		kept := e.features[:0]
		for _, f := range e.features {
			if n, ok := t.number[f]; ok {
				kept = append(kept, uint32(n))
			}
		}
		e.features = kept
	}
	random := rand.New(rand.NewPCG(1, 2))
	order := random.Perm(len(list))
	for epoch := range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.step(&list[i], random)
		}
		log("epoch %d: %.4f a pair", epoch+1, loss/float64(len(list)))
	}
	kept := keys[:0]
	weights := t.weights[:0]
	for i, key := range keys {
		if w := t.weights[i]; max(w[0], w[1], w[2])-min(w[0], w[1], w[2]) >= .01 {
			kept, weights = append(kept, key), append(weights, w)
		}
	}
	return pack(kept, weights)
}

type example struct {
	features []uint32
	class    int
	weight   float64
}

func classOf(p *Pair) int {
	switch {
	case p.Follows:
		return follows
	case p.Contradicts:
		return contradicts
	}
	return neither
}

type trainer struct {
	number           map[uint32]int
	weights, squares []logits
	active           []uint32
}

// step takes one step, and returns the loss before it.
func (t *trainer) step(e *example, random *rand.Rand) float64 {
	t.active = t.active[:0]
	var l logits
	for _, f := range e.features {
		if random.Float64() >= dropout {
			t.active = append(t.active, f)
			l.sum(&t.weights[f])
		}
	}
	for i := range l {
		l[i] /= 1 - dropout
	}
	p := l.shares()
	for _, f := range t.active {
		w, s := &t.weights[f], &t.squares[f]
		for c := range w {
			g := p[c] * e.weight
			if c == e.class {
				g -= e.weight
			}
			g += ridge * float64(w[c])
			s[c] += float32(g * g)
			w[c] -= float32(rate * g / (1e-6 + math.Sqrt(float64(s[c]))))
		}
	}
	return -math.Log(max(p[e.class], 1e-12)) * e.weight
}
