package figure

import (
	"fmt"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/when"
	"github.com/onrecord/onrecord/reading/when/number"
	"github.com/onrecord/onrecord/text"
)

// TestExamples: each example of each pattern is matched by it, and is what it says: the reason for which the number in brackets is
// no figure, or the figure there.
func TestExamples(t *testing.T) {
	p := onrecord.Published{Value: "2015-11-30", Precision: "day"}
	for name, list := range files() {
		for _, wrong := range (*list).Misread(name, func(head, marked, tail string) string {
			l := english.Annotate(text.Parse(head + marked + tail))
			f := newFinder(number.Lex(l.Doc.Text), l, when.Find(l, p), p)
			f.run()
			f.date()
			return f.told(len(head))
		}) {
			t.Error(wrong)
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
