package figure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/grammar"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// TestExamples: each example of each pattern is matched by it, and is what it says: the reason for which the number in brackets is
// no figure, or the figure there.
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
				l := english.Annotate(text.Parse(head + marked + tail))
				p := onrecord.Published{Value: "2015-11-30", Precision: "day"}
				f := newFinder(number.Lex(l.Doc.Text), l, when.Find(l, p), p)
				used := false
				list.Matched = func(m *grammar.Match) { used = used || list.All[m.Rule].Line == rule.Line }
				f.run()
				f.date()
				list.Matched = nil
				if got := f.told(len(head)); got != x.Want {
					t.Errorf("%s:%d: %q: %s, want %s", name, x.Line, x.Text, got, x.Want)
				}
				if !used {
					t.Errorf("%s:%d: %q is not matched by its pattern", name, x.Line, x.Text)
				}
			}
		}
	}
}

// told is what was found at byte i: why the number there is no figure, or the figure that begins there.
func (f *finder) told(i int) string {
	for _, r := range f.rejected {
		if f.t.Atoms[r.first].Start == i {
			return r.why
		}
	}
	for _, x := range f.out {
		if x.Span.Start != i {
			continue
		}
		s := x.Comparator + fmt.Sprint(x.Low)
		if x.High != x.Low {
			s += ".." + fmt.Sprint(x.High)
		}
		for _, part := range []string{x.Unit, x.Thing, x.ShareOf, x.Role, x.Change} {
			s += "|" + part
		}
		return strings.TrimPrefix(strings.TrimRight(s, "|"), "=")
	}
	return "nothing"
}
