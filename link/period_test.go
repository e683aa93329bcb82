package link

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
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
	v := newInventor()
	var rs []*onrecord.Reading
	for day := range 40 {
		rs = append(rs, v.day(day, 12)...)
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

// TestUnite holds that speakers of several periods are one by name, unless their roles speak against it.
func TestUnite(t *testing.T) {
	part := func(id, name, by string, roles ...string) Part {
		return Part{Name: by, Speaker: onrecord.Speaker{ID: id, Name: name, Kind: onrecord.Person, Roles: roles, Confidence: 1}, Articles: 1}
	}
	speakers, of := Unite([]Part{
		part("1", "Ana Torvald", "person torvald ana", "finance minister"),
		part("2", "A. Torvald", "person torvald ana"),
		part("3", "Ana Torvald", "person torvald ana", "goalkeeper"),
		part("4", "An official", ""),
		part("5", "An official", ""),
		part("6", "Ana Torvald", "person torvald ana", "former minister"),
		part("7", "Ana Torvald", "person torvald ana", "mother"), // to somebody: no office that speaks against it
	})
	got := []string{}
	for _, s := range speakers {
		got = append(got, fmt.Sprintf("%s %s %v %v", s.ID, s.Name, s.Aliases, s.Roles))
	}
	if diff := cmp.Diff([]string{"1 Ana Torvald [A. Torvald] [finance minister former minister mother]", "3 Ana Torvald [] [goalkeeper]", "4 An official [] []", "5 An official [] []"}, got); diff != "" {
		t.Error(diff)
	}
	if of["2"] != "1" || of["6"] != "1" || of["7"] != "1" || of["3"] != "3" {
		t.Error(of)
	}
}

// TestUnitedName holds that forms of one person's name are one name across periods.
func TestUnitedName(t *testing.T) {
	name := func(s string) string {
		return unitedName(&voice{Speaker: &onrecord.Speaker{Name: s, Kind: onrecord.Person}, words: personWords(s), suffix: suffixOf(s)})
	}
	for _, forms := range [][]string{
		{"Joe Holm", "Joseph Holm", "Joey Holm", "Joseph R. Holm", "Rep. Joe Holm"},
		{"K. Michael Varnholt", "Mike Varnholt", "Michael Varnholt"},
		{"Sergey Dovlenko", "Sergei Dovlenko"},
	} {
		for _, f := range forms {
			if got := name(f); got != name(forms[0]) {
				t.Errorf("%s is %q, %s is %q", f, got, forms[0], name(forms[0]))
			}
		}
	}
	for _, two := range [][2]string{{"Chris Holm", "Christopher Holm"}, {"Joe Holm", "Joe Holm Jr."}, {"Joe Holm", "John Holm"}, {"Michael Holm", "Michelle Holm"}} { // "Chris" may be Christine
		if name(two[0]) == name(two[1]) {
			t.Errorf("%s and %s are both %q", two[0], two[1], name(two[0]))
		}
	}
}
