package when_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
)

type spec struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []result
}

type result struct {
	Text  string
	Value struct {
		Timex, Mod                       string
		FutureResolution, PastResolution map[string]string
	}
}

// beyond are the classes of cases that a time of the news cannot express, or that corpora/phrases and TIMEX3 decide otherwise; a
// case belongs to the first whose words its result has. What could be expressed and is not found is a miss.
var beyond = []struct {
	why   string
	words *regexp.Regexp
}{
	{"early, mid and late are thirds in corpora/phrases, halves here", regexp.MustCompile(`^(the )?(very )?(early|late|mid|beginning|start|end|middle)\b`)},
	{"weeks, months and years ago or ahead are as wide as their unit in corpora/phrases, one day here", regexp.MustCompile(`\b(weeks?|months?|years?) (ago|from now|later)$`)},
	{"decades past and to come run from today, here from a year with a zero", regexp.MustCompile(`\b(last|past|next)\b.*\bdecades?$`)},
	{"the next N days begin today in corpora/phrases, tomorrow here", regexp.MustCompile(`^(the )?next \d|\bhence$|\bin the future$`)},
	{"a few is PXD in TIMEX3, three here", regexp.MustCompile(`\bfew\b`)},
	{"a length from a day on is a duration in TIMEX3, an appointment here", regexp.MustCompile(`^in \S+ (business )?(days|weeks)$|^(for )?(a|\d+) (days?|weeks?),? (from|start)|^less than \d`)},
	{"business days have no TIMEX3 value", regexp.MustCompile(`\bbusiness day`)},
	{"the calendar of the assistant's user", regexp.MustCompile(`\bmy\b`)},
	{noSide, regexp.MustCompile(`^more than .*(before|after)`)},
}

const (
	noDay  = "no day of any calendar"
	noSide = "before or after a time: the contract has the time, not a side of it"
)

// expressible is "" or why the case is not asked.
func (r *result) expressible() string {
	for _, v := range []map[string]string{r.Value.FutureResolution, r.Value.PastResolution} {
		for _, day := range v {
			if strings.HasPrefix(day, "0001-") {
				return noDay
			}
		}
	}
	text := strings.ToLower(r.Text)
	for _, c := range beyond {
		if c.words.MatchString(text) {
			return c.why
		}
	}
	return ""
}

// is says whether one of the times found is what the case says: the day, both ends of the period, the duration, or the value.
// A range of two days or years named ends after the second here, at its beginning there.
func (r *result) is(found []onrecord.Time) bool {
	for _, x := range found {
		from, to := x.Interval.From.Format(time.DateOnly), x.Interval.To.Format(time.DateOnly)
		for _, v := range []map[string]string{r.Value.FutureResolution, r.Value.PastResolution} {
			switch {
			case v["date"] != "":
				if x.Grain == "day" && from == v["date"] {
					return true
				}
			case v["startDate"] != "" && from == v["startDate"]:
				end, err := time.Parse(time.DateOnly, v["endDate"])
				ends := []time.Time{end}
				if strings.HasPrefix(r.Value.Timex, "(") {
					ends = append(ends, end.AddDate(0, 0, 1), end.AddDate(0, 0, 7), end.AddDate(0, 1, 0), end.AddDate(1, 0, 0))
				}
				if err == nil && slices.ContainsFunc(ends, func(t time.Time) bool { return t.Format(time.DateOnly) == to }) {
					return true
				}
			case v["duration"] != "":
				if x.Timex == r.Value.Timex || x.Timex == halves[r.Value.Timex] {
					return true
				}
			case len(v) == 0 && strings.TrimPrefix(x.Timex, "XXXX-") == r.Value.Timex:
				return true
			}
		}
	}
	return false
}

// halves are the durations that are written in the smaller unit here.
var halves = map[string]string{"P0.5Y": "P6M", "PT0.5H": "PT30M", "PT1.5H": "PT1.5H"}

// TestSpecs: of the times of the specifications that a time of the news can express, three in four are found with one of the
// values given. It prints, for each model, the share, and for each class of what is not asked the number. MISSES=1 prints what
// differs.
func TestSpecs(t *testing.T) {
	left := map[string]int{}
	var all, hits int
	for _, model := range []string{"DateParser", "DatePeriodParser", "DurationParser"} {
		path := corpora.Path(t, "corpora/recognizers-specs/"+model+".jsonl.gz")
		n, hit, every := 0, 0, 0
		for _, s := range corpora.Rows[spec](t, path) {
			day, _, _ := strings.Cut(s.Context.ReferenceDateTime, "T")
			found := find(s.Input, day)
			for _, r := range s.Results {
				every++
				if why := r.expressible(); why != "" {
					left[why]++
					continue
				}
				n++
				if r.is(found) {
					hit++
				} else if os.Getenv("MISSES") != "" {
					var got []string
					for _, x := range found {
						got = append(got, x.Span.Of(s.Input)+" "+x.Timex+" "+x.Interval.From.Format(time.DateOnly)+" "+x.Interval.To.Format(time.DateOnly))
					}
					t.Logf("%s on %s %q: %q is %v %v %s, got %q", model, day, s.Input, r.Text, r.Value.PastResolution, r.Value.FutureResolution, r.Value.Timex, got)
				}
			}
		}
		all, hits = all+n, hits+hit
		t.Logf("%-18s %d of %d (%.1f %%), %d not asked", model, hit, n, 100*float64(hit)/float64(max(1, n)), every-n)
	}
	for _, c := range beyond {
		t.Logf("%4d %s", left[c.why], c.why)
	}
	t.Logf("%4d %s", left[noDay], noDay)
	t.Logf("all %d of %d (%.1f %%)", hits, all, 100*float64(hits)/float64(all))
	if 100*hits < 75*all {
		t.Errorf("%d of %d times are found", hits, all)
	}
}
