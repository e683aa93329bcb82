package speakers

import (
	"strconv"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/link/corpus"
	"github.com/onrecord/onrecord/link/names"
)

// TestPersonsAreHeldAgainstFew counts how often two persons are held against each other in one article that names many: of one family
// name, of one given name, or all alike but for their roles. It grows with their number, not with its square.
func TestPersonsAreHeldAgainstFew(t *testing.T) {
	given := func(i int) string {
		const first, then = "bdfgklmnprstvz", "aeiou"
		name := ""
		for range 4 {
			name += string(first[i%len(first)]) + string(then[i%len(then)])
			i /= len(first)
		}
		return name
	}
	for _, c := range []struct {
		what string
		most int // comparisons a person
		name func(i int) (name, role string)
	}{
		{"one family name", 8, func(i int) (string, string) { return given(i) + " Quorl", "" }},
		{"one given name", 8, func(i int) (string, string) { return "Ilsa " + given(i), "" }},
		{"one name, other roles", mostBearers, func(i int) (string, string) { return "Ilsa Quorl", "baker of " + given(i) }},
		{"initials", mostBearers, func(i int) (string, string) { return given(i)[:1] + ". " + "Quorl", "" }},
	} {
		for _, n := range []int{500, 1000, 2000} {
			a := &onrecord.Article{ID: "a"}
			r := &onrecord.Reading{Article: a}
			for i := range n {
				name, role := c.name(i)
				s := onrecord.Speaker{ID: strconv.Itoa(i), Article: a.ID, Name: name, Kind: onrecord.Person}
				if role != "" {
					s.Roles = []string{role}
				}
				r.Speakers = append(r.Speakers, s)
			}
			in := corpus.New([]*onrecord.Reading{r}, nil, 1)
			if got := Find(in, []int{0}, names.New(nil), nil).compared; got > c.most*n {
				t.Errorf("%s: %d persons are held against each other %d times", c.what, n, got)
			}
		}
	}
}

// TestFormsOfNames holds that what may be a form of a name is found under it.
func TestFormsOfNames(t *testing.T) {
	for _, c := range []struct {
		put, find string
		found     bool
	}{
		{"Michael Conaway", "Mike Conaway", true},
		{"Mike Conaway", "Michael Conaway", true},
		{"K. Michael Conaway", "Mike Conaway", true},
		{"Kevin Conaway", "K. Michael Conaway", true},
		{"K. Conaway", "Kevin Conaway", true},
		{"Kevin Conaway", "K. Conaway", true},
		{"Sergey Dovlenko", "Sergei Dovlenko", true},
		{"Khalid Masri", "Halid Masri", true},
		{"Ilsa Conaway", "Mike Conaway", false},
		{"Mike Conaway", "Mike Holm", false},
	} {
		bs := &bearers{by: map[formKey][]*bearer{}}
		bs.put(names.PersonWords(c.put), 0)
		if got := len(bs.like(names.PersonWords(c.find))) == 1; got != c.found {
			t.Errorf("%s is found under %s: %v", c.put, c.find, got)
		}
	}
}
