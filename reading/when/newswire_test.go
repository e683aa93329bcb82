package when_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

var marked = regexp.MustCompile(`\[([^=\]]+)=([^\]]+)\]`)

// TestNewswire: of the times of invented newswire, value F1 reaches 90 by the measure of score/times.py: found times that overlap
// one expected and have its value. MISSES=1 prints what differs.
func TestNewswire(t *testing.T) {
	b, err := os.ReadFile("testdata/newswire.txt")
	if err != nil {
		t.Fatal(err)
	}
	day := ""
	passages, gold, found, relaxed, value := 0, 0, 0, 0, 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if d, ok := strings.CutPrefix(line, "@ "); ok {
			day = d
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		passages++
		text, spans, values := "", []onrecord.Span(nil), []string(nil)
		at := 0
		for _, m := range marked.FindAllStringSubmatchIndex(line, -1) {
			text += line[at:m[0]]
			spans = append(spans, onrecord.Span{Start: len(text), End: len(text) + m[3] - m[2]})
			values = append(values, line[m[4]:m[5]])
			text += line[m[2]:m[3]]
			at = m[1]
		}
		text += line[at:]
		got := find(text, day)
		gold, found = gold+len(spans), found+len(got)
		used := map[int]bool{}
		for k, s := range spans {
			best := -1
			for j, x := range got {
				if !used[j] && x.Span.Overlaps(s) && (best < 0 || x.Timex == values[k]) {
					best = j
				}
			}
			switch {
			case best < 0:
				miss(t, "%s %q: %q is %s, not found", day, text, s.Of(text), values[k])
				continue
			case got[best].Timex == values[k]:
				value++
			default:
				miss(t, "%s %q: %q is %s, got %q %s", day, text, s.Of(text), values[k], got[best].Span.Of(text), got[best].Timex)
			}
			used[best] = true
			relaxed++
		}
		for j, x := range got {
			if !used[j] {
				miss(t, "%s %q: also %q %s", day, text, x.Span.Of(text), x.Timex)
			}
		}
	}
	f1 := func(n int) float64 { return 200 * float64(n) / float64(gold+found) }
	t.Logf("%d passages, %d times, %d found: relaxed F1 %.1f, value F1 %.1f", passages, gold, found, f1(relaxed), f1(value))
	if passages < 120 || f1(value) < 90 {
		t.Errorf("value F1 %.1f over %d passages", f1(value), passages)
	}
}

func miss(t *testing.T, format string, args ...any) {
	if os.Getenv("MISSES") != "" {
		t.Logf(format, args...)
	}
}
