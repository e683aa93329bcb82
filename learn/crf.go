package learn

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"github.com/onrecord/onrecord/internal/sentinel"
)

// MaxLabels is the most labels that a [CRF] can tell apart: a weight row and its key fill 16 bytes.
const MaxLabels = 12

// A Chain is one sequence for a [CRF]: hashed binary features for each position, and the label of each where it is known.
type Chain struct {
	Features []uint32 // of all positions, one after another
	Ends     []int32  // Features[Ends[i-1]:Ends[i]] are those of position i
	Context  []uint8  // class of the step into each position: it chooses the transition weights
	Gold     []uint8  // labels; for training only
}

// Reset empties the chain and keeps its memory.
func (c *Chain) Reset() {
	c.Features, c.Ends, c.Context, c.Gold = c.Features[:0], c.Ends[:0], c.Context[:0], c.Gold[:0]
}

// Add adds a feature to the position that is being built.
func (c *Chain) Add(feature uint32) { c.Features = append(c.Features, feature) }

// End ends the position that is being built; context is the class of the step into it.
func (c *Chain) End(context uint8) {
	c.Ends = append(c.Ends, int32(len(c.Features)))
	c.Context = append(c.Context, context)
}

// Len is the number of positions.
func (c *Chain) Len() int { return len(c.Ends) }

func (c *Chain) at(i int) []uint32 {
	if i == 0 {
		return c.Features[:c.Ends[0]]
	}
	return c.Features[c.Ends[i-1]:c.Ends[i]]
}

// A CRF is a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over hashed binary features, with weights
// of 8 bits. Transitions depend on a context class of the position stepped into. It is safe for concurrent use.
type CRF struct {
	Labels, Contexts int
	scale            float32   // of the 8-bit weights
	transitions      []float32 // [context][from][to]; from = Labels is the beginning
	steps            []float32 // exp of transitions
	slots            []slot    // open addressing, linear probing; a power of two
	mask             uint32
	shift            uint32 // 32 - log2 of the number of slots
	features         int
}

// A slot is a feature's hash and its weight for each label; hash 0 is an empty slot. Weights are kept as bytes above zero, w + 128,
// the first four labels in low and the other eight in high, so that [CRF.Score] adds four at a time in lanes of 16 bits.
type slot struct {
	key  uint32
	low  uint32
	high uint64
}

func (s *slot) weight(label int) int8 {
	if label < 4 {
		return int8(byte(s.low>>(8*label)) ^ 0x80)
	}
	return int8(byte(s.high>>(8*(label-4))) ^ 0x80)
}

func (s *slot) set(label int, w int8) {
	if b := byte(w) ^ 0x80; label < 4 {
		s.low = s.low&^(0xff<<(8*label)) | uint32(b)<<(8*label)
	} else {
		s.high = s.high&^(0xff<<(8*(label-4))) | uint64(b)<<(8*(label-4))
	}
}

const forbidden = -1e4 // weight of a transition that cannot be

// A Lattice holds what a CRF makes of one chain; reuse it for the next. It is not safe for concurrent use.
type Lattice struct {
	crf      *CRF
	n        int
	emission []float32 // [position][label]
	weight   []float32 // exp(emission - largest of the position)
	alpha    []float32
	beta     []float32
	norm     []float32 // scaling factors of alpha
	context  []uint8
	back     []uint8
}

// Score computes the emissions of a chain.
func (m *CRF) Score(c *Chain, l *Lattice) {
	l.crf, l.n, l.context = m, c.Len(), c.Context
	size := l.n * m.Labels
	l.emission = resize(l.emission, size)
	var first [64]uint32
	for i := range l.n {
		var sum [MaxLabels]int32
		features := c.at(i)
		for len(features) > 0 {
			n := min(len(features), len(first))
			m.sum(&sum, features[:n], &first)
			features = features[n:]
		}
		for y := range m.Labels {
			l.emission[i*m.Labels+y] = float32(sum[y]) * m.scale
		}
	}
}

// sum adds the weights of at most 64 features. Most of the time goes into waiting for memory: so all first slots are looked up
// before any is used, which lets the processor wait for many at once.
func (m *CRF) sum(sum *[MaxLabels]int32, features []uint32, first *[64]uint32) {
	const even32, even64 = 0x00ff00ff, 0x00ff00ff00ff00ff // every other byte, as lanes of 16 bits
	for k, f := range features {
		first[k] = m.slots[m.place(f)].key
	}
	var low0, low1 uint32
	var high0, high1 uint64
	found := int32(0)
	for k, f := range features {
		key, at := first[k], m.place(f)
		for key != f && key != 0 {
			at = (at + 1) & m.mask
			key = m.slots[at].key
		}
		if key == 0 {
			continue
		}
		s := &m.slots[at]
		found++
		low0 += s.low & even32
		low1 += s.low >> 8 & even32
		high0 += s.high & even64
		high1 += s.high >> 8 & even64
	}
	for y := range 2 {
		sum[2*y] += int32(low0>>(16*y)&0xffff) - 128*found
		sum[2*y+1] += int32(low1>>(16*y)&0xffff) - 128*found
	}
	for y := range 4 {
		sum[4+2*y] += int32(high0>>(16*y)&0xffff) - 128*found
		sum[5+2*y] += int32(high1>>(16*y)&0xffff) - 128*found
	}
}

// place is where the search for a feature begins.
func (m *CRF) place(f uint32) uint32 { return f >> m.shift }

// Add adds to the emission of a label at every position.
func (l *Lattice) Add(label int, bias float32) {
	for i := range l.n {
		l.emission[i*l.crf.Labels+label] += bias
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// Best returns the most probable labels (Viterbi 1967) in labels, which is grown as needed.
func (l *Lattice) Best(labels []uint8) []uint8 {
	L := l.crf.Labels
	labels = resize(labels, l.n)
	if l.n == 0 {
		return labels
	}
	l.alpha = resize(l.alpha, l.n*L)
	l.back = resize(l.back, l.n*L)
	for i := range l.n {
		t := l.crf.transitions[int(l.context[i])*(L+1)*L:][:(L+1)*L]
		if i == 0 {
			for y := range L {
				l.alpha[y] = t[L*L+y] + l.emission[y]
			}
			continue
		}
		was := l.alpha[(i-1)*L : i*L]
		for y := range L {
			best, from := was[0]+t[y], 0
			for x := 1; x < L; x++ {
				if v := was[x] + t[x*L+y]; v > best {
					best, from = v, x
				}
			}
			l.alpha[i*L+y], l.back[i*L+y] = best+l.emission[i*L+y], uint8(from)
		}
	}
	last := l.alpha[(l.n-1)*L:]
	y := 0
	for x := 1; x < L; x++ {
		if last[x] > last[y] {
			y = x
		}
	}
	for i := l.n - 1; ; i-- {
		labels[i] = uint8(y)
		if i == 0 {
			return labels
		}
		y = int(l.back[i*L+y])
	}
}

// Sum runs the forward-backward algorithm, with scaling (Rabiner 1989), and returns the logarithm of the partition function.
func (l *Lattice) Sum() float64 {
	L := l.crf.Labels
	size := l.n * L
	l.weight, l.alpha, l.beta = resize(l.weight, size), resize(l.alpha, size), resize(l.beta, size)
	l.norm = resize(l.norm, l.n)
	logZ := 0.0
	for i := range l.n {
		e, w, a := l.emission[i*L:][:L], l.weight[i*L:][:L], l.alpha[i*L:][:L]
		top := slices.Max(e)
		logZ += float64(top)
		for y, v := range e {
			w[y] = exp32(v - top)
		}
		t := l.crf.steps[int(l.context[i])*(L+1)*L:][:(L+1)*L]
		var sum float32
		if i == 0 {
			for y := range a {
				a[y] = t[L*L+y] * w[y]
				sum += a[y]
			}
		} else {
			clear(a)
			for x, p := range l.alpha[(i-1)*L : i*L] {
				if p == 0 {
					continue
				}
				for y, v := range t[x*L:][:L] {
					a[y] += p * v
				}
			}
			for y := range a {
				a[y] *= w[y]
				sum += a[y]
			}
		}
		l.norm[i] = sum
		logZ += math.Log(float64(sum))
		for y := range a {
			a[y] /= sum
		}
	}
	for i := l.n - 1; i >= 0; i-- {
		b := l.beta[i*L:][:L]
		if i == l.n-1 {
			for y := range b {
				b[y] = 1
			}
			continue
		}
		var next [MaxLabels]float32
		for y := range L {
			next[y] = l.weight[(i+1)*L+y] * l.beta[(i+1)*L+y] / l.norm[i+1]
		}
		t := l.crf.steps[int(l.context[i+1])*(L+1)*L:][:(L+1)*L]
		for x := range b {
			var sum float32
			for y, v := range t[x*L:][:L] {
				sum += v * next[y]
			}
			b[x] = sum
		}
	}
	return logZ
}

// exp32 is the exponential of a number that is not positive, bounded below so that no position loses all its weight.
func exp32(x float32) float32 {
	if x < -60 {
		x = -60
	}
	return float32(math.Exp(float64(x)))
}

// P is the probability that position i has label y; Sum must have run.
func (l *Lattice) P(i, y int) float32 { return l.alpha[i*l.crf.Labels+y] * l.beta[i*l.crf.Labels+y] }

// Spans calls found with every span [first, end) that has the label begin at its first position and inside at the others, and
// its probability, where that is at least least; Sum must have run. Spans come by first, then by end.
func (l *Lattice) Spans(begin, inside uint8, least float32, found func(first, end int, p float32)) {
	L := l.crf.Labels
	for i := range l.n {
		if l.P(i, int(begin)) < least {
			continue
		}
		open := l.alpha[i*L+int(begin)]
		from := int(begin)
		for j := i; ; {
			// open is the scaled weight of all ways to here that are in the span since i.
			if j == l.n-1 {
				if open >= least {
					found(i, j+1, open)
				}
				break
			}
			t := l.crf.steps[int(l.context[j+1])*(L+1)*L+from*L:][:L]
			w, b := l.weight[(j+1)*L:][:L], l.beta[(j+1)*L:][:L]
			var closed, on float32
			for y, v := range t {
				p := v * w[y] / l.norm[j+1]
				if y == int(inside) {
					on = p
				} else {
					closed += p * b[y]
				}
			}
			if p := open * closed; p >= least {
				found(i, j+1, p)
			}
			open *= on
			j++
			if open*b[inside] < least {
				break
			}
			from = int(inside)
		}
	}
}

// CRFOptions say how to train a CRF.
type CRFOptions struct {
	Labels   int
	Contexts int
	Allowed  func(from, to int) bool // from = Labels is the beginning; nil allows all
	Epochs   int
	Rate     float64   // of Adagrad
	Dropout  float64   // share of features left out at each visit
	Least    int       // features seen in fewer positions are left out
	Prune    float64   // features whose weights are all smaller are left out
	Cost     []float32 // added to a label's emission in training where it is wrong (softmax-margin, Gimpel and Smith 2010); nil for none
	Averaged int       // the weights are the mean of those after each of so many last epochs; 0 takes those after the last
	Seed     uint64
	Progress func(epoch int, loss float64) // may be nil
}

// A known chain has its features by number, unknown ones left out.
type known struct {
	features []int32
	ends     []int32
}

// numbered gives the features that stand in at least so many places, sorted, and the chains with their numbers.
func numbered(chains []*Chain, least int) (keys []uint32, all []known) {
	count := make(map[uint32]int32)
	for _, c := range chains {
		for _, f := range c.Features {
			count[f]++
		}
	}
	for f, n := range count {
		if int(n) >= least {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	number := make(map[uint32]int32, len(keys))
	for i, f := range keys {
		number[f] = int32(i)
	}
	all = make([]known, len(chains))
	for k, c := range chains {
		kn := known{ends: make([]int32, c.Len())}
		for i := range c.Len() {
			for _, f := range c.at(i) {
				if id, ok := number[f]; ok {
					kn.features = append(kn.features, id)
				}
			}
			kn.ends[i] = int32(len(kn.features))
		}
		kn.features = slices.Clip(kn.features)
		all[k] = kn
	}
	return keys, all
}

// TrainCRF trains a CRF on chains with gold labels: stochastic gradient steps on the conditional likelihood, with the step sizes
// of Adagrad (Duchi, Hazan, Singer 2011) and feature dropout. The result depends on its arguments only.
func TrainCRF(chains []*Chain, o CRFOptions) *CRF {
	keys, all := numbered(chains, o.Least)
	t := newCRFTrainer(o, len(keys))
	m := t.model
	var mean, meanT []float32
	if o.Averaged > 0 {
		mean, meanT = make([]float32, len(t.weights)), make([]float32, len(m.transitions))
	}
	order := make([]int, len(chains))
	for i := range order {
		order[i] = i
	}
	for epoch := range o.Epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, k := range order {
			if chains[k].Len() > 0 {
				loss += t.learn(chains[k], &all[k])
			}
		}
		if o.Progress != nil {
			o.Progress(epoch, loss)
		}
		if o.Epochs-epoch <= o.Averaged {
			share := 1 / float32(min(o.Averaged, o.Epochs))
			for i, w := range t.weights {
				mean[i] += w * share
			}
			for i, w := range m.transitions {
				meanT[i] += w * share
			}
		}
	}
	if o.Averaged > 0 {
		t.weights = mean
		for i, w := range m.transitions {
			if w != forbidden {
				m.transitions[i] = meanT[i]
			}
		}
	}
	m.exponentiate(nil)
	m.quantise(keys, t.weights, float32(1-o.Dropout), float32(o.Prune))
	return m
}

// leastGradient is what is too small to learn from.
const leastGradient = 0.003

// A crfTrainer is a CRF that is being trained, with the sums of squares by which Adagrad shortens its steps.
type crfTrainer struct {
	model    *CRF
	cost     []float32
	rate     float32
	drop     uint32    // share of features left out, of 1<<16
	weights  []float32 // [feature][label]
	squares  []float32
	squaresT []float32 // of transitions
	random   *rand.Rand

	lattice    Lattice
	kept, ends []int32 // features of the chain that are not left out, and where those of each position end
}

func newCRFTrainer(o CRFOptions, features int) *crfTrainer {
	L := o.Labels
	m := &CRF{Labels: L, Contexts: o.Contexts, transitions: make([]float32, o.Contexts*(L+1)*L)}
	m.steps = make([]float32, len(m.transitions))
	for at := range m.transitions {
		if from, to := at/L%(L+1), at%L; o.Allowed != nil && !o.Allowed(from, to) {
			m.transitions[at] = forbidden
		}
	}
	return &crfTrainer{
		model: m, cost: o.Cost, rate: float32(o.Rate), drop: uint32(o.Dropout * (1 << 16)),
		weights: make([]float32, features*L), squares: make([]float32, features*L), squaresT: make([]float32, len(m.transitions)),
		random: rand.New(rand.NewPCG(o.Seed, 0x6372660a)),
	}
}

// learn takes a step on one chain, which is not empty, and returns its loss.
func (t *crfTrainer) learn(c *Chain, x *known) float64 {
	t.emit(c, x)
	t.model.exponentiate(c.Context)
	loss := t.lattice.Sum() - t.lattice.Path(c.Gold)
	start := int32(0)
	for i, end := range t.ends {
		t.stepWeights(i, c.Gold[i], t.kept[start:end])
		t.stepTransitions(c, i)
		start = end
	}
	return loss
}

// emit computes the emissions of a chain without the features that it leaves out at random.
func (t *crfTrainer) emit(c *Chain, x *known) {
	l, L := &t.lattice, t.model.Labels
	l.crf, l.n, l.context = t.model, c.Len(), c.Context
	l.emission = resize(l.emission, l.n*L)
	t.kept, t.ends = t.kept[:0], t.ends[:0]
	start := int32(0)
	for i, end := range x.ends {
		e := l.emission[i*L:][:L]
		clear(e)
		for y := range t.cost {
			if y != int(c.Gold[i]) {
				e[y] = t.cost[y]
			}
		}
		var bits uint64
		for j, f := range x.features[start:end] {
			if j&3 == 0 {
				bits = t.random.Uint64()
			}
			out := uint32(bits&0xffff) < t.drop
			bits >>= 16
			if out {
				continue
			}
			t.kept = append(t.kept, f)
			for y, w := range t.weights[int(f)*L:][:L] {
				e[y] += w
			}
		}
		t.ends = append(t.ends, int32(len(t.kept)))
		start = end
	}
}

// stepWeights takes a step on the weights of the features of position i.
func (t *crfTrainer) stepWeights(i int, gold uint8, features []int32) {
	L := t.model.Labels
	var g [MaxLabels]float32
	biggest := float32(0)
	for y := range L {
		g[y] = -t.lattice.P(i, y)
		if y == int(gold) {
			g[y]++
		}
		biggest = max(biggest, g[y], -g[y])
	}
	if biggest <= leastGradient {
		return
	}
	for _, f := range features {
		w, s := t.weights[int(f)*L:][:L], t.squares[int(f)*L:][:L]
		for y := range w {
			s[y] += g[y] * g[y]
			w[y] += t.rate * g[y] / float32(math.Sqrt(float64(s[y]+1e-4)))
		}
	}
}

// stepTransitions takes a step on the weights of the transitions into position i.
func (t *crfTrainer) stepTransitions(c *Chain, i int) {
	m, l, L := t.model, &t.lattice, t.model.Labels
	first, end := 0, L // labels before it
	if i == 0 {
		first, end = L, L+1
	}
	for from := first; from < end; from++ {
		for to := range L {
			at := int(c.Context[i])*(L+1)*L + from*L + to
			if m.transitions[at] == forbidden {
				continue
			}
			var p float32
			if i == 0 {
				p = l.P(0, to)
			} else {
				p = l.alpha[(i-1)*L+from] * m.steps[at] * l.weight[i*L+to] * l.beta[i*L+to] / l.norm[i]
			}
			g := -p
			if int(c.Gold[i]) == to && (i == 0 || int(c.Gold[i-1]) == from) {
				g++
			}
			if g > leastGradient || g < -leastGradient {
				t.squaresT[at] += g * g
				m.transitions[at] += t.rate * g / float32(math.Sqrt(float64(t.squaresT[at]+1e-4)))
			}
		}
	}
}

// Path is the score of labels: of their emissions and steps, before any normalisation. Score must have run, and it holds until
// Score runs again.
func (l *Lattice) Path(labels []uint8) float64 {
	L := l.crf.Labels
	sum, from := 0.0, L
	for i, y := range labels {
		sum += float64(l.emission[i*L+int(y)] + l.crf.transitions[int(l.context[i])*(L+1)*L+from*L+int(y)])
		from = int(y)
	}
	return sum
}

// exponentiate fills steps for the contexts named, or for all.
func (m *CRF) exponentiate(contexts []uint8) {
	if len(m.steps) != len(m.transitions) {
		m.steps = make([]float32, len(m.transitions))
	}
	size := (m.Labels + 1) * m.Labels
	var done [256]bool
	fill := func(c int) {
		for i := c * size; i < (c+1)*size; i++ {
			if m.transitions[i] == forbidden {
				m.steps[i] = 0
			} else {
				m.steps[i] = float32(math.Exp(float64(m.transitions[i])))
			}
		}
	}
	if contexts == nil {
		for c := range m.Contexts {
			fill(c)
		}
		return
	}
	for _, c := range contexts {
		if !done[c] {
			done[c] = true
			fill(int(c))
		}
	}
}

// quantise rounds the weights, times keep, to 8 bits and fills the table; keys are sorted.
func (m *CRF) quantise(keys []uint32, weights []float32, keep, prune float32) {
	var largest float32
	for _, w := range weights {
		largest = max(largest, w*keep, -w*keep)
	}
	largest = min(largest, 6)
	m.scale = max(largest, 1e-3) / 127
	rows := make([]slot, 0, len(keys))
	for i, k := range keys {
		row, big := slot{key: k}, false
		for y, w := range weights[i*m.Labels:][:m.Labels] {
			w *= keep
			big = big || w > prune || -w > prune
			row.set(y, int8(math.Round(float64(max(-127, min(127, w/m.scale))))))
		}
		if big && k != 0 {
			rows = append(rows, row)
		}
	}
	m.fill(rows)
}

func (m *CRF) fill(rows []slot) {
	size := 16
	for size < 2*len(rows) {
		size *= 2
	}
	m.slots, m.mask, m.features = table[slot](size), uint32(size-1), len(rows)
	m.shift = uint32(32 - bits.TrailingZeros32(uint32(size)))
	for _, r := range rows {
		at := m.place(r.key)
		for m.slots[at].key != 0 {
			at = (at + 1) & m.mask
		}
		m.slots[at] = r
	}
}

// Features is the number of features that have weights.
func (m *CRF) Features() int { return m.features }

// AppendTo appends the flat form of the CRF: labels, contexts, scale, transitions, then features by hash (as differences) and
// their weights, label by label. It compresses well.
func (m *CRF) AppendTo(b []byte) []byte {
	rows := make([]slot, 0, m.features)
	for _, s := range m.slots {
		if s.key != 0 {
			rows = append(rows, s)
		}
	}
	slices.SortFunc(rows, func(a, b slot) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Labels))
	b = binary.LittleEndian.AppendUint32(b, uint32(m.Contexts))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.scale))
	for _, t := range m.transitions {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t))
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(rows)))
	for i, r := range rows {
		if i > 0 {
			r.key -= rows[i-1].key
		}
		b = binary.LittleEndian.AppendUint32(b, r.key)
	}
	for y := range m.Labels {
		for _, r := range rows {
			b = append(b, byte(r.weight(y)))
		}
	}
	return b
}

const errCRF sentinel.Error = "learn: not the flat form of a CRF"

// ReadCRF reads what AppendTo wrote and returns what follows it.
func ReadCRF(b []byte) (*CRF, []byte, error) {
	next := func() (v uint32) {
		v = binary.LittleEndian.Uint32(b)
		b = b[4:]
		return v
	}
	if len(b) < 12 {
		return nil, nil, errCRF
	}
	m := &CRF{Labels: int(next()), Contexts: int(next()), scale: math.Float32frombits(next())}
	if m.Labels < 1 || m.Labels > MaxLabels || m.Contexts < 1 || m.Contexts > 256 {
		return nil, nil, fmt.Errorf("%w: %d labels, %d contexts", errCRF, m.Labels, m.Contexts)
	}
	size := m.Contexts * (m.Labels + 1) * m.Labels
	if len(b) < 4*size+4 {
		return nil, nil, errCRF
	}
	m.transitions = make([]float32, size)
	for i := range m.transitions {
		m.transitions[i] = math.Float32frombits(next())
	}
	n := int(next())
	if n < 0 || len(b) < n*(4+m.Labels) {
		return nil, nil, errCRF
	}
	rows := make([]slot, n)
	key := uint32(0)
	for i := range rows {
		key += next()
		rows[i].key = key
	}
	for y := range m.Labels {
		for i := range rows {
			rows[i].set(y, int8(b[i]))
		}
		b = b[n:]
	}
	m.exponentiate(nil)
	m.fill(rows)
	return m, b, nil
}
