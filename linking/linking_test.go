package linking

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/speakers"
)

func TestDue(t *testing.T) {
	var moments []int64
	for i := range int64(200) {
		moments = append(moments, i*corpus.DayMoments/10)
	}
	cut := link.Periods(link.Stretches(moments), link.Sizes{Whole: 40, Period: 40})
	if len(cut) != 5 {
		t.Fatalf("the test counts on five periods: %v", cut)
	}
	kept := func(which ...int) (list []ledger.Period) {
		for _, i := range which {
			list = append(list, ledger.Period{Stretch: cut[i]})
		}
		return list
	}
	left := kept(0, 1, 2, 3, 4)
	left[3].Due = ledger.DueLinks
	counted := kept(0, 1, 2, 3, 4)
	counted[4].Due = ledger.DueCounts
	for _, c := range []struct {
		name   string
		survey ledger.Survey
		want   string // what is due of each period
	}{
		{"all are new", ledger.Survey{}, "[3 3 3 3 3]"},
		{"nothing has changed", ledger.Survey{Model: "m", Periods: kept(0, 1, 2, 3, 4)}, "[0 0 0 0 0]"},
		{"another model", ledger.Survey{Model: "old", Periods: kept(0, 1, 2, 3, 4)}, "[3 3 3 3 3]"},
		{"an article has changed: its period", ledger.Survey{Model: "m", Periods: kept(0, 1, 2, 3, 4), Changed: []int64{cut[2].From + 1}}, "[0 0 3 0 0]"},
		{"an article of the first", ledger.Survey{Model: "m", Periods: kept(0, 1, 2, 3, 4), Changed: []int64{cut[0].From}}, "[3 0 0 0 0]"},
		{"a period is new", ledger.Survey{Model: "m", Periods: kept(0, 1, 3, 4), Changed: []int64{moments[80]}}, "[0 0 3 0 0]"},
		{"what was left stays due", ledger.Survey{Model: "m", Periods: left}, "[0 0 0 3 0]"},
		{"counts stay due", ledger.Survey{Model: "m", Periods: counted}, "[0 0 0 0 1]"},
	} {
		c.survey.Moments = func(p link.Period) ([]int64, error) {
			from, _ := slices.BinarySearch(moments, p.From)
			to, _ := slices.BinarySearch(moments, p.To)
			return moments[from:to], nil
		}
		var got []ledger.Due
		periods, err := due(c.survey, "m", link.Sizes{Whole: 40, Period: 40})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range periods {
			got = append(got, p.Due)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestUnite(t *testing.T) {
	part := func(id, role string, statements int) ledger.Part {
		return ledger.Part{
			Made:       speakers.Part{Name: "person lorne edda", Speaker: onrecord.Speaker{ID: id, Name: "Edda Lorne", Kind: onrecord.Person, Roles: []string{role}, Confidence: 1}, Articles: 1},
			Statements: statements, Articles: 1, SpokenOf: 2,
		}
	}
	// The first mention of one was p2; p3 is of another walk of life.
	got := unite([]ledger.Part{part("p1", "mayor", 3), part("p2", "mayor", 4), part("p3", "goalkeeper", 5)}, []string{"p2", "p3", "p9"})
	counts := map[string]string{}
	for _, s := range got.Speakers {
		counts[s.ID] = fmt.Sprint(s.Statements, s.Articles, s.SpokenOf)
	}
	if d := cmp.Diff(map[string]string{"p1": "7 2 4", "p3": "5 1 2"}, counts); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]string{"p1": "p1", "p2": "p1", "p3": "p3"}, got.Of); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]string{"p2": "p1"}, got.Moved); d != "" { // nobody knows where p9 went
		t.Error(d)
	}
}

func TestMostly(t *testing.T) {
	if got := mostly(map[string]int{"e2": 3, "e1": 3, "e0": 2}); got != "e1" {
		t.Error(got)
	}
}
