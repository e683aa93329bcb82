package link

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/synthetic"
)

// TestPeriods holds that periods are one after the other, that every day with articles is in one, that they are no larger than they
// have to be, and that an article more changes no other period than its own, but where the first cut is made.
func TestPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 30).Draw(t, "most")
		day := rapid.OneOf(rapid.IntRange(-40, 90), rapid.Just(Undated), rapid.IntRange(-lastDay, lastDay-1))
		articles := map[int]int{}
		n := 0
		for _, d := range rapid.SliceOf(day).Draw(t, "days") {
			articles[d]++
			n++
		}
		periods := Periods(articles, most)
		hold := func(d int) int { return slices.IndexFunc(periods, func(p Period) bool { return p.Holds(d) }) }
		in := make([]int, len(periods))
		for d, k := range articles {
			i := hold(d)
			if i < 0 {
				t.Fatalf("day %d is in no period", d)
			}
			in[i] += k
		}
		for i, p := range periods {
			if i > 0 && periods[i-1].From+periods[i-1].Days > p.From {
				t.Fatalf("%v after %v", p, periods[i-1])
			}
			if in[i] == 0 || in[i] > most && p.Days > periodDays {
				t.Fatalf("%v has %d articles", p, in[i])
			}
		}
		more := day.Draw(t, "more")
		if n <= most {
			return
		}
		articles[more]++
		after := Periods(articles, most)
		for _, p := range periods {
			if !p.Holds(more) && !slices.Contains(after, p) {
				t.Fatalf("%v is gone for an article of day %d", p, more)
			}
		}
	})
}

// TestWindows holds that links of several periods are what links promise to be, whatever the order of the readings and the number of
// workers, and that hardly anything is lost at the borders.
func TestWindows(t *testing.T) {
	v := synthetic.New()
	var rs []*onrecord.Reading
	for day := range 40 {
		rs = append(rs, v.Day(day, 12)...)
	}
	counts := func(l *onrecord.Links) [6]int {
		return [6]int{len(l.Copies), len(l.Reports), len(l.Stories), len(l.Speakers), len(l.Utterances), len(l.Measures)}
	}
	whole := counts(All(rs, 2))
	r := rand.New(rand.NewPCG(5, 8))
	for _, most := range []int{20, 60, 130, 300} {
		want := all(rs, 1, most)
		wellFormed(t, rs, want)
		for i, n := range whole {
			if m := counts(want)[i]; m < n*9/10 || m > n*12/10+2 {
				t.Errorf("at most %d articles: %v, in one period %v", most, counts(want), whole)
			}
		}
		mixed := slices.Clone(rs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(want, all(mixed, 1+r.IntN(4), most)); diff != "" {
			t.Fatalf("(-canonical +mixed)\n%s", diff)
		}
	}
}
