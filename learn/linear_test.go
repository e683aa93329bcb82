package learn

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawLinear draws a model by its rows.
func drawLinear(t *rapid.T) (*Linear, map[uint32][]int16) {
	n := rapid.IntRange(1, 11).Draw(t, "labels")
	m := &Linear{}
	for i := range n {
		m.Labels = append(m.Labels, fmt.Sprint("label ", i))
	}
	rows := map[uint32][]int16{}
	var packed []packedRow
	// Small features share slots, large ones lie at the end of the table.
	feature := rapid.OneOf(rapid.Uint32Range(0, 40), rapid.Uint32Range(1<<32-9, 1<<32-1), rapid.Uint32())
	for _, f := range rapid.SliceOfNDistinct(feature, 0, 60, rapid.ID[uint32]).Draw(t, "features") {
		w := rapid.SliceOfN(rapid.Int16Range(-maxWeight, maxWeight), n, n).Draw(t, "weights")
		rows[f] = w
		packed = append(packed, packedRow{f, w})
	}
	m.fill(packed)
	return m, rows
}

func TestLinearScoresAreSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, rows := drawLinear(t)
		read := NewReader(m.AppendTo(nil))
		again := read.Linear()
		if err := read.Err(); err != nil {
			t.Fatal(err)
		}
		var asked []uint32
		for f := range rows {
			asked = append(asked, f)
		}
		asked = append(asked, rapid.SliceOfN(rapid.Uint32(), 0, MaxFeatures-len(asked)).Draw(t, "others")...)
		for _, m := range []*Linear{m, again} {
			s := m.Scores()
			m.Score(asked, s)
			best := 0
			for y := range m.Labels {
				want := 0
				for _, f := range asked {
					if w, ok := rows[f]; ok {
						want += int(w[y])
					}
				}
				if got := s.Of(y); got != want {
					t.Fatalf("score of label %d is %d, want %d", y, got, want)
				}
				if s.Of(y) > s.Of(best) {
					best = y
				}
			}
			if got := s.Best(len(m.Labels)); got != best {
				t.Fatalf("best label %d, want %d", got, best)
			}
		}
		if !bytes.Equal(m.AppendTo(nil), again.AppendTo(nil)) {
			t.Fatal("a model that was read writes other bytes")
		}
	})
}

func TestDict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.OneOf(rapid.Uint32Range(1, 9), rapid.Uint32Min(1)), rapid.Uint16Min(1)).Draw(t, "words")
		d := NewDict(len(want))
		for k, v := range want {
			d.Put(k, v)
		}
		r := NewReader(d.AppendTo(nil))
		again := r.Dict()
		if r.Err() != nil {
			t.Fatal(r.Err())
		}
		probe := rapid.Uint32Min(1).Draw(t, "another")
		for _, d := range []*Dict{d, again} {
			for k, v := range want {
				if d.Get(k) != v {
					t.Fatalf("%d has value %d, want %d", k, d.Get(k), v)
				}
			}
			if d.Get(probe) != want[probe] {
				t.Fatalf("%d has value %d, want %d", probe, d.Get(probe), want[probe])
			}
		}
	})
}

// The perceptron learns "x and not y" and keeps it through packing.
func TestPerceptron(t *testing.T) {
	const bias, x, y = 11, 22, 33
	p := NewPerceptron([]string{"no", "yes"}, 1)
	examples := []struct {
		features []uint32
		label    int
	}{
		{[]uint32{bias}, 0},
		{[]uint32{bias, x}, 1},
		{[]uint32{bias, y}, 0},
		{[]uint32{bias, x, y}, 0},
	}
	scores := make([]int32, 2)
	for range 500 {
		for _, e := range examples {
			p.Score(e.features, scores)
			guess := 0
			if scores[1] > scores[0] {
				guess = 1
			}
			if guess != e.label {
				p.Update(e.features, e.label, guess)
			}
			p.Step()
		}
	}
	m := p.Model(100)
	s := m.Scores()
	for _, e := range examples {
		m.Score(e.features, s)
		if got := s.Best(2); got != e.label {
			t.Errorf("features %v: label %d, want %d", e.features, got, e.label)
		}
	}
	if got := p.Model(2).Features(); got != 2 {
		t.Errorf("model of at most 2 features has %d", got)
	}
}

func TestFile(t *testing.T) {
	payload := AppendStrings(nil, []string{"one", "", "three"})
	b, err := Pack("test", payload)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Pack("test", payload)
	if err != nil || !bytes.Equal(b, again) {
		t.Error("the same payload gave other bytes")
	}
	got, err := Unpack("test", b)
	if err != nil {
		t.Fatal(err)
	}
	r := NewReader(got)
	if diff := cmp.Diff([]string{"one", "", "three"}, r.Strings()); diff != "" || r.Err() != nil {
		t.Errorf("read back (%v):\n%s", r.Err(), diff)
	}
	if _, err := Unpack("other", b); !errors.Is(err, ErrFile) {
		t.Errorf("another kind: error %v", err)
	}
	for n := range b {
		if _, err := Unpack("test", b[:n]); !errors.Is(err, ErrFile) {
			t.Errorf("cut to %d of %d bytes: error %v", n, len(b), err)
		}
	}
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 0x10
		if out, err := Unpack("test", bad); err == nil && !bytes.Equal(out, payload) {
			t.Errorf("byte %d changed: read without an error as another payload", i)
		}
	}
}

// A reader of damaged payloads returns errors and never more than the bytes can hold.
func TestReaderOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, _ := drawLinear(t)
		b := m.AppendTo(nil)
		for range rapid.IntRange(1, 4).Draw(t, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
		}
		b = b[:rapid.IntRange(0, len(b)).Draw(t, "length")]
		r := NewReader(b)
		m = r.Linear()
		if r.Err() != nil {
			if !errors.Is(r.Err(), ErrFile) {
				t.Fatalf("error %v does not wrap ErrFile", r.Err())
			}
			return
		}
		m.Score([]uint32{1, 2, 3}, m.Scores())
	})
}
