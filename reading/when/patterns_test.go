package when

import (
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/when/number"
)

// TestExamples: each example of each pattern, published on Monday 30 November 2015, is matched by it, and what stands in brackets is
// the time that it says.
func TestExamples(t *testing.T) {
	for name, list := range files() {
		for _, wrong := range (*list).Misread(name, func(head, marked, tail string) string {
			got := "nothing"
			for _, x := range FindIn(number.Lex(head+marked+tail), onrecord.Published{Value: "2015-11-30", Precision: "day"}) {
				if x.Span.Start < len(head)+len(marked) && x.Span.End > len(head) {
					got = x.Timex
					if x.Span.Start != len(head) || x.Span.Len() != len(marked) {
						got += " at " + x.Span.Of(head+marked+tail)
					}
				}
			}
			return got
		}) {
			t.Error(wrong)
		}
	}
}
