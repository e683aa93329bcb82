package figure_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

type spec struct {
	Input   string
	Results []struct {
		Text       string
		Start, End int
		Resolution map[string]any
	}
}

// TestSpecs prints, for each model of the specifications, the share of their figures that are found with the value given, and of
// the inputs that hold none in which none is found. MISSES=1 prints the others. What a figure of the news is, and what an
// assistant's number is, differ: addresses, versions and bare pronouns are none here.
func TestSpecs(t *testing.T) {
	for _, model := range []string{"Number", "NumberRange", "Percent", "Currency", "Dimension", "Age", "Temperature"} {
		path := shared(t, "corpora/recognizers-specs/"+model+"Model.jsonl.gz")
		var n, hit, empty, quiet int
		for _, s := range rows[spec](t, path) {
			times, found := find(s.Input, "2016-11-07")
			if len(s.Results) == 0 {
				empty++
				if len(found) == 0 {
					quiet++
				}
			}
			for _, r := range s.Results {
				v, _ := r.Resolution["value"].(string)
				lo, hi, ok := specBounds(v)
				if !ok {
					continue
				}
				n++
				done := false
				var got []string
				for _, x := range found {
					start := utf8.RuneCountInString(s.Input[:x.Span.Start])
					end := utf8.RuneCountInString(s.Input[:x.Span.End])
					if start > r.End || end <= r.Start {
						continue
					}
					done = done || near(x.Low, lo) && near(x.High, hi)
					got = append(got, line(x))
				}
				if done {
					hit++
				} else if os.Getenv("MISSES") != "" {
					var tt []string
					for _, x := range times {
						tt = append(tt, x.Span.Of(s.Input))
					}
					t.Logf("%s %q: %q is %q, got %q times %q", model, s.Input, r.Text, v, got, tt)
				}
			}
		}
		t.Logf("%-12s %d of %d values (%.1f %%), %d of %d without", model, hit, n, 100*float64(hit)/float64(max(1, n)), quiet, empty)
	}
}

// specBounds reads "12", "100%", "[10,20)"; open ends and what has no value are not ours.
func specBounds(v string) (lo, hi float64, ok bool) {
	if strings.HasPrefix(v, "(") || strings.HasPrefix(v, "[") {
		a, b, _ := strings.Cut(strings.Trim(v, "()[]"), ",")
		lo, e1 := strconv.ParseFloat(a, 64)
		hi, e2 := strconv.ParseFloat(b, 64)
		switch {
		case e1 == nil && e2 == nil:
			return lo, hi, true
		case e1 == nil: // "more than 20"
			return lo, lo, true
		case e2 == nil:
			return hi, hi, true
		}
		return 0, 0, false
	}
	x, err := strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64)
	return x, x, err == nil
}
