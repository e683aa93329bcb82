package attribution

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/onrecord/onrecord/learn"
	"github.com/onrecord/onrecord/reading/attribution/weights"
)

// standard is the embedded model, read once.
var standard = sync.OnceValue(func() *Model {
	if len(weights.Model) == 0 {
		return nil
	}
	m, err := Read(weights.Model)
	if err != nil {
		panic(fmt.Sprintf("attribution: the embedded weights: %v", err)) // the build is broken
	}
	return m
})

const magic = "onrecord attribution 2\n"

// Append appends the model's flat form: a magic line, then, compressed, the tuning and the CRFs.
func (m *Model) Append(b []byte) ([]byte, error) {
	var flat []byte
	for _, x := range m.numbers() {
		flat = binary.LittleEndian.AppendUint32(flat, math.Float32bits(*x))
	}
	flat = m.judge.AppendTo(m.second.AppendTo(m.first.AppendTo(flat)))
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("attribution: %w", err)
	}
	return w.EncodeAll(flat, append(b, magic...)), nil
}

// Read reads what Append wrote.
func Read(b []byte) (*Model, error) {
	b, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, errors.New("attribution: not a model")
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("attribution: %w", err)
	}
	defer r.Close()
	flat, err := r.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("attribution: %w", err)
	}
	m := new(Model)
	for _, x := range m.numbers() {
		if len(flat) < 4 {
			return nil, errors.New("attribution: a model cut short")
		}
		*x = math.Float32frombits(binary.LittleEndian.Uint32(flat))
		flat = flat[4:]
	}
	if m.first, flat, err = learn.ReadCRF(flat); err != nil {
		return nil, fmt.Errorf("attribution: first model: %w", err)
	}
	if m.second, flat, err = learn.ReadCRF(flat); err != nil {
		return nil, fmt.Errorf("attribution: second model: %w", err)
	}
	if m.judge, _, err = learn.ReadCRF(flat); err != nil {
		return nil, fmt.Errorf("attribution: judge: %w", err)
	}
	return m, nil
}

// numbers are the model's own numbers, beside those of its CRFs.
func (m *Model) numbers() []*float32 {
	t := &m.tune
	return []*float32{&t.Cue, &t.Kept, &t.Last, &t.Sure, &t.Quoted}
}
