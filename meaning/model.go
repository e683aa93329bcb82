package meaning

import (
	"encoding/binary"
	"math"
	"sync"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/meaning/weights"
)

// What a claim may be to the record.
const (
	follows = iota
	contradicts
	neither
	classes
)

// logits are the weights for each class.
type logits [classes]float32

func (l *logits) sum(m *logits) {
	for i := range l {
		l[i] += m[i]
	}
}

// shares are the probabilities of the classes.
func (l *logits) shares() (p [classes]float64) {
	most := max(l[0], l[1], l[2])
	sum := 0.0
	for i := range l {
		p[i] = math.Exp(float64(l[i] - most))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// A Model weighs what two passages have in common and apart: log-linear, over hashed features.
type Model struct {
	mask uint32
	slot []slot
}

type slot struct {
	key     uint32
	weights logits
}

const modelKind = "meaning"

// model is the embedded one.
var model = sync.OnceValue(func() *Model {
	m, err := readModel(weights.Model)
	if err != nil {
		panic("meaning: embedded weights: " + err.Error())
	}
	return m
})

func (m *Model) add(l *logits, key uint32) {
	for i := key & m.mask; m.slot[i].key != 0; i = (i + 1) & m.mask {
		if m.slot[i].key == key {
			l.sum(&m.slot[i].weights)
			return
		}
	}
}

func newModel(n int) *Model {
	size := uint32(16)
	for int(size) < 2*n {
		size *= 2
	}
	return &Model{mask: size - 1, slot: make([]slot, size)}
}

func (m *Model) put(key uint32, w logits) {
	i := key & m.mask
	for m.slot[i].key != 0 {
		i = (i + 1) & m.mask
	}
	m.slot[i] = slot{key, w}
}

// The payload of meaning.bin is the scale (a float32's bits), the number of features, then of each its hash, as the difference to the one
// before, and its three weights, one byte each.
func readModel(b []byte) (*Model, error) {
	payload, err := learn.Unpack(modelKind, b)
	if err != nil {
		return nil, err
	}
	r := learn.NewReader(payload)
	scale := math.Float32frombits(uint32(r.Uint()))
	n := int(r.Uint())
	m := newModel(n)
	key := uint32(0)
	for range n {
		key += uint32(r.Uint())
		var w logits
		for i := range w {
			w[i] = scale * float32(int8(r.Uint()))
		}
		if err := r.Err(); err != nil {
			return nil, err
		}
		m.put(key, w)
	}
	return m, r.Err()
}

// pack is the weight file of the features, by rising hash.
func pack(keys []uint32, list []logits) ([]byte, error) {
	var most float32
	for i := range list {
		for _, w := range list[i] {
			most = max(most, w, -w)
		}
	}
	scale := most / 127
	b := binary.AppendUvarint(nil, uint64(math.Float32bits(scale)))
	b = binary.AppendUvarint(b, uint64(len(keys)))
	last := uint32(0)
	for i, key := range keys {
		b = binary.AppendUvarint(b, uint64(key-last))
		last = key
		for _, w := range list[i] {
			b = binary.AppendUvarint(b, uint64(uint8(int8(math.RoundToEven(float64(w/scale))))))
		}
	}
	return learn.Pack(modelKind, b)
}
