package reading

import (
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
