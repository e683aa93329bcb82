package figure_test

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestDump(t *testing.T) {
	p := os.Getenv("DUMP")
	if p == "" {
		t.Skip("set DUMP")
	}
	var n, m int
	fmt.Sscan(os.Getenv("RANGE"), &n, &m)
	for i, a := range rows[struct{ ID, Text, Published string }](t, p) {
		if i < n || i >= m {
			continue
		}
		times, figs := find(a.Text, a.Published)
		for _, x := range times {
			if os.Getenv("TIMES") != "" {
				s, e := max(0, x.Span.Start-30), min(len(a.Text), x.Span.End+20)
				fmt.Printf("T %q[[%s]]%q %s %s [%s %s)\n", a.Text[s:x.Span.Start], x.Span.Of(a.Text), a.Text[x.Span.End:e], x.Timex, x.Kind, x.Interval.From.Format(time.DateOnly), x.Interval.To.Format(time.DateOnly))
			}
		}
		if os.Getenv("TIMES") != "" {
			continue
		}
		for _, x := range figs {
			s, e := max(0, x.Span.Start-40), min(len(a.Text), x.Span.End+40)
			fmt.Printf("F %q[[%s]]%q\n      %v-%v %s%s unit=%q thing=%q role=%q of=%q asof=%s %s..%s\n", a.Text[s:x.Span.Start], x.Span.Of(a.Text), a.Text[x.Span.End:e], x.Low, x.High, x.Comparator, x.Change, x.Unit, x.Thing, x.Role, x.ShareOf, x.AsOf.Basis, x.AsOf.From.Format(time.DateOnly), x.AsOf.To.Format(time.DateOnly))
		}
	}
}
