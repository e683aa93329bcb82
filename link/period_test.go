package link

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/synthetic"
)

// TestPeriods holds that periods are one after the other, that every article is in one, that they are no larger than they have to be, that
// they are the same when they are made of those before, and that an article more changes no other period than its own, but where the first
// cut is made.
func TestPeriods(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(1, 30).Draw(t, "most")
		day := rapid.OneOf(rapid.IntRange(-40, 90), rapid.Just(3), rapid.Just(corpus.Undated), rapid.IntRange(-corpus.LastDay, corpus.LastDay-1))
		moment := rapid.Custom(func(t *rapid.T) int64 {
			return int64(day.Draw(t, "day"))*corpus.DayMoments + rapid.OneOf(rapid.Just[int64](7), rapid.Int64Range(0, corpus.DayMoments-1)).Draw(t, "moment")
		})
		moments := rapid.SliceOf(moment).Draw(t, "moments")
		slices.Sort(moments)
		sizes := Sizes{Whole: rapid.IntRange(most, 40).Draw(t, "whole"), Period: most}
		periods := Periods(Stretches(moments), sizes)
		in := make([]int, len(periods))
		for _, m := range moments {
			i := slices.IndexFunc(periods, func(p Stretch) bool { return p.Holds(m) })
			if i < 0 {
				t.Fatalf("%d is in no period", m)
			}
			in[i]++
		}
		for i, p := range periods {
			if i > 0 && periods[i-1].To > p.From {
				t.Fatalf("%v after %v", p, periods[i-1])
			}
			if in[i] != p.Articles || in[i] == 0 || in[i] > most && p.To-p.From > 1 && len(moments) > sizes.Whole {
				t.Fatalf("%v has %d articles", p, in[i])
			}
		}
		more := moment.Draw(t, "more")
		at, _ := slices.BinarySearch(moments, more)
		after := Periods(Stretches(slices.Insert(slices.Clone(moments), at, more)), sizes)
		if len(moments) > sizes.Whole {
			for _, p := range periods {
				if !p.Holds(more) && !slices.Contains(after, p) {
					t.Fatalf("%v is gone for an article at %d", p, more)
				}
			}
		}
		if len(after) < 2 {
			return
		}
		var known []Stretch // the periods after, but for the one that has it, of which its articles are known
		for _, p := range after {
			if !p.Holds(more) {
				known = append(known, p)
				continue
			}
			from, _ := slices.BinarySearch(moments, p.From)
			to, _ := slices.BinarySearch(moments, p.To)
			known = append(known, Stretches(moments[from:to])...)
		}
		if again := Periods(known, sizes); !slices.Equal(again, periods) {
			t.Fatalf("%v without %d are %v, not %v", known, more, again, periods)
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
		want := all(rs, 1, Sizes{most, most})
		wellFormed(t, rs, want)
		for i, n := range whole {
			if m := counts(want)[i]; m < n*9/10 || m > n*12/10+2 {
				t.Errorf("at most %d articles: %v, in one period %v", most, counts(want), whole)
			}
		}
		mixed := slices.Clone(rs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if diff := cmp.Diff(want, all(mixed, 1+r.IntN(4), Sizes{most, most})); diff != "" {
			t.Fatalf("(-canonical +mixed)\n%s", diff)
		}
	}
}
