package when

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when/number"
)

// TestExamples: each example of each pattern, published on Monday 30 November 2015, is matched by it, and what stands in brackets is
// the time that it says.
func TestExamples(t *testing.T) {
	for name, list := range files() {
		list := *list
		for _, rule := range list.All {
			if len(rule.Examples) == 0 {
				t.Errorf("%s:%d: a pattern without an example", name, rule.Line)
			}
			for _, x := range rule.Examples {
				head, rest, _ := strings.Cut(x.Text, "[")
				marked, tail, ok := strings.Cut(rest, "]")
				if !ok {
					t.Errorf("%s:%d: no brackets in the example", name, x.Line)
					continue
				}
				used := false
				list.Matched = func(m *grammar.Match) { used = used || list.All[m.Rule].Line == rule.Line }
				times := FindIn(number.Lex(head+marked+tail), onrecord.Published{Value: "2015-11-30", Precision: "day"})
				list.Matched = nil
				got := "nothing"
				for _, y := range times {
					if y.Span.Start < len(head)+len(marked) && y.Span.End > len(head) {
						got = y.Timex
						if y.Span.Start != len(head) || y.Span.Len() != len(marked) {
							got += " at " + y.Span.Of(head+marked+tail)
						}
					}
				}
				if got != x.Want {
					t.Errorf("%s:%d: %q: %s, want %s", name, x.Line, x.Text, got, x.Want)
				}
				if !used {
					t.Errorf("%s:%d: %q is not matched by its pattern", name, x.Line, x.Text)
				}
			}
		}
	}
}
