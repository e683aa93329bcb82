package english

import (
	"testing"

	"github.com/onrecord/onrecord/hostile"
	"github.com/onrecord/onrecord/text"
)

// The memory that the models take is bounded by a sentence: a text without an end takes no more than what is kept of its tokens.
func TestHostile(t *testing.T) {
	Annotate(text.Parse("The models are read."))
	for _, shape := range hostile.Shapes() {
		d := text.Parse(shape.Text(300_000))
		if n := hostile.Allocated(func() { Annotate(d) }); n > 8<<20+200*len(d.Tokens) {
			t.Errorf("%s: %d bytes allocated for %d tokens", shape.Name, n, len(d.Tokens))
		}
	}
}
