package text

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord/hostile"
)

// TestHostile holds the invariants of a Doc over texts that nobody writes, and that what is allocated for one grows with its length.
func TestHostileShapes(t *testing.T) {
	for _, shape := range hostile.Shapes() {
		var d *Doc
		cost := func(size int) int {
			s := shape.Text(size)
			return hostile.Allocated(func() { d = Parse(s) })
		}
		small, large := cost(50_000), cost(400_000)
		if what := check(d); what != "" {
			t.Errorf("%s: %s", shape.Name, what)
		}
		if large > 12*small {
			t.Errorf("%s: %d bytes allocated for a text, %d for one eight times as long", shape.Name, small, large)
		}
		for _, r := range d.Sentences {
			if r.End-r.First > MaxSentence {
				t.Errorf("%s: a sentence of %d tokens", shape.Name, r.End-r.First)
				break
			}
		}
	}
}

// What closes a sentence belongs to it, however much of it there is.
func TestLongSentences(t *testing.T) {
	for _, s := range []string{strings.Repeat("boats ", 2500), "No." + strings.Repeat(")", 2500) + " It is closed."} {
		d := Parse(s)
		if what := check(d); what != "" {
			t.Errorf("%.20q: %s", s, what)
		}
		if len(d.Sentences) < 3 || d.Sentences[0].End != MaxSentence || d.Sentences[1].End != 2*MaxSentence {
			t.Errorf("%.20q: sentences %v", s, d.Sentences)
		}
	}
}

func TestTooLong(t *testing.T) {
	for _, row := range []struct {
		text string
		want bool
	}{
		{"The port is closed.", false},
		{strings.Repeat("harbour ", MaxTokens), false},
		{strings.Repeat("(", MaxTokens), false},
		{strings.Repeat("(", MaxTokens+1), true},
		{strings.Repeat("no ", MaxTokens+1), true},
		{strings.Repeat(" ", 2*MaxTokens), false},
	} {
		if got := TooLong(row.text); got != row.want {
			t.Errorf("%d bytes of %.9q: %v", len(row.text), row.text, got)
		}
	}
}
