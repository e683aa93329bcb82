package reading

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/hostile"
)

// TestHostileShapes reads large texts that nobody writes. What is allocated for one grows with its length; and the test ends only if
// no reader goes over the text again for each of its words.
func TestHostileShapes(t *testing.T) {
	Read(&onrecord.Article{Text: "The models are read."})
	for _, shape := range hostile.Shapes() {
		if shape.HTML {
			continue
		}
		cost := func(size int) int {
			a := &onrecord.Article{Text: shape.Text(size), Published: onrecord.Published{Value: "2031-03-06", Precision: "day", Basis: "given"}}
			return hostile.Allocated(func() { Read(a) })
		}
		small, large := cost(30_000), cost(240_000)
		if large > 12*small+(8<<20) {
			t.Errorf("%s: %d bytes allocated for a text, %d for one eight times as long", shape.Name, small, large)
		}
	}
}

// Reading ends soon after its time is over, whenever that is, and gives nothing then.
func TestWithin(t *testing.T) {
	a := &onrecord.Article{Text: strings.Repeat("The port is closed, Odile Karst said on Monday. At least 40 boats left, and “nobody knows where to”, she said.\n\n", 20)}
	whole := &countdown{Context: t.Context(), left: 1 << 30}
	if r, err := Within(whole, a); err != nil || len(r.Statements) < 20 {
		t.Fatal(err)
	}
	looks := 1<<30 - whole.left
	if looks < 80 {
		t.Errorf("it was looked %d times whether to go on", looks)
	}
	for n := 0; n < looks; n += 7 {
		ends := &countdown{Context: t.Context(), left: n}
		if r, err := Within(ends, a); r != nil || !errors.Is(err, context.Canceled) || ends.left < -50 { // a look at each paragraph more
			t.Fatalf("ended at look %d of %d: %v, %v, and %d looks more", n, looks, r != nil, err, -ends.left)
		}
	}
}

// A countdown is a context that ends after it was looked at so often.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
