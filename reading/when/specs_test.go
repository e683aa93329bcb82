package when_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

type spec struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text  string
		Value struct {
			Timex                            string
			FutureResolution, PastResolution map[string]string
		}
	}
}

// TestSpecs prints, for each model of the specifications, the share of their times that are found with one of the values given:
// the day, both ends of the period, or the duration. MISSES=1 prints the others. Much of what people say to an assistant ("the
// 15th", "in 2 days", "ASAP") is no time of the news.
func TestSpecs(t *testing.T) {
	for _, model := range []string{"DateParser", "DatePeriodParser", "DurationParser"} {
		path := shared(t, "corpora/recognizers-specs/"+model+".jsonl.gz")
		n, hit := 0, 0
		for _, s := range rows[spec](t, path) {
			day, _, _ := strings.Cut(s.Context.ReferenceDateTime, "T")
			found := find(s.Input, day)
			for _, r := range s.Results {
				n++
				ok := false
				var got []string
				for _, x := range found {
					from, to := x.Interval.From.Format(time.DateOnly), x.Interval.To.Format(time.DateOnly)
					got = append(got, x.Span.Of(s.Input)+" "+x.Timex+" "+from+" "+to)
					for _, v := range []map[string]string{r.Value.FutureResolution, r.Value.PastResolution} {
						switch {
						case v["date"] != "":
							ok = ok || x.Grain == "day" && from == v["date"]
						case v["startDate"] != "":
							ok = ok || from == v["startDate"] && to == v["endDate"]
						case v["duration"] != "":
							ok = ok || x.Timex == r.Value.Timex
						}
					}
				}
				if ok {
					hit++
				} else if os.Getenv("MISSES") != "" {
					t.Logf("%s on %s %q: %q is %v %v %s, got %q", model, day, s.Input, r.Text, r.Value.PastResolution, r.Value.FutureResolution, r.Value.Timex, got)
				}
			}
		}
		t.Logf("%-18s %d of %d (%.1f %%)", model, hit, n, 100*float64(hit)/float64(max(1, n)))
	}
}
