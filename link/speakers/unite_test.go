package speakers

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/names"
)

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
		return unitedName(&voice{Speaker: &onrecord.Speaker{Name: s, Kind: onrecord.Person}, words: names.PersonWords(s), suffix: names.SuffixOf(s)})
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
