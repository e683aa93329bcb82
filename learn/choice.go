package learn

import (
	"math"
	"math/rand/v2"
	"slices"
)

// ChoiceOptions say how to train a model of choices.
type ChoiceOptions struct {
	// Gains are what it is worth to choose an alternative of each label, 0 to 1; the best alternatives of a choice have 1.
	Gains    []float64
	Epochs   int
	Rate     float64 // of Adagrad
	Dropout  float64 // share of features left out at each visit
	Least    int     // features seen in fewer alternatives are left out
	Prune    float64 // features whose weights are smaller are left out
	Averaged int     // the weights are the mean of those after each of so many last epochs; 0 takes those after the last
	Seed     uint64
	Progress func(epoch int, loss float64) // may be nil
}

// TrainChoice trains a log-linear model that weighs the alternatives of a choice against each other (conditional logit, McFadden
// 1974; as a reranker of readings, Collins and Koo 2005). Each chain is a choice, each of its positions an alternative, with its
// label in Gold. What is made small is minus the logarithm of the gain to expect. The model is a [CRF] of one label:
// [Lattice.Shares] are the probabilities of the alternatives. The result depends on the arguments only.
func TrainChoice(choices []*Chain, o ChoiceOptions) *CRF {
	keys, all := numbered(choices, o.Least)
	m := &CRF{Labels: 1, Contexts: 1, transitions: make([]float32, 2)}
	weights, squares, mean := make([]float32, len(keys)), make([]float32, len(keys)), make([]float32, len(keys))
	random := rand.New(rand.NewPCG(o.Seed, 0x63686f69))
	rate, drop := float32(o.Rate), uint32(o.Dropout*(1<<16))
	order := make([]int, len(choices))
	for i := range order {
		order[i] = i
	}
	var kept, ends []int32
	var share, expected []float64
	for epoch := range o.Epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, k := range order {
			gold := choices[k].Gold
			kept, ends, share, expected = kept[:0], ends[:0], share[:0], expected[:0]
			start := int32(0)
			for _, end := range all[k].ends {
				sum := float32(0)
				var bits uint64
				for j, f := range all[k].features[start:end] {
					if j&3 == 0 {
						bits = random.Uint64()
					}
					out := uint32(bits&0xffff) < drop
					bits >>= 16
					if !out {
						kept = append(kept, f)
						sum += weights[f]
					}
				}
				ends, share, start = append(ends, int32(len(kept))), append(share, float64(sum)), end
			}
			if len(share) == 0 {
				continue
			}
			softmax(share)
			gain := 0.0
			for i, p := range share {
				expected = append(expected, p*o.Gains[gold[i]])
				gain += expected[i]
			}
			gain = max(gain, 1e-12)
			loss -= math.Log(gain)
			start = 0
			for i, end := range ends {
				if g := float32(expected[i]/gain - share[i]); g > 1e-4 || g < -1e-4 {
					for _, f := range kept[start:end] {
						squares[f] += g * g
						weights[f] += rate * g / float32(math.Sqrt(float64(squares[f]+1e-4)))
					}
				}
				start = end
			}
		}
		if o.Progress != nil {
			o.Progress(epoch, loss)
		}
		if n := max(o.Averaged, 1); o.Epochs-epoch <= n {
			for i, w := range weights {
				mean[i] += w / float32(min(n, o.Epochs))
			}
		}
	}
	m.exponentiate(nil)
	m.quantise(keys, mean, float32(1-o.Dropout), float32(o.Prune))
	return m
}

// softmax turns scores into shares that sum to 1.
func softmax(s []float64) {
	top, sum := slices.Max(s), 0.0
	for i, x := range s {
		s[i] = math.Exp(x - top)
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

// Shares returns the probability of each position as an alternative to the others, by a model of [TrainChoice], in shares, which is
// grown as needed. Score must have run.
func (l *Lattice) Shares(shares []float64) []float64 {
	shares = resize(shares, l.n)
	if l.n == 0 {
		return shares
	}
	for i := range shares {
		shares[i] = float64(l.emission[i])
	}
	softmax(shares)
	return shares
}
