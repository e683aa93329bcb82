package speaker

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/reading/attribution"
	"github.com/onrecord/onrecord/text"
)

// spokenOf are invented passages with who is only spoken of, as "name/kind" in the order of the text.
var spokenOf = []struct{ name, text, want string }{
	{"persons in full", `The prize went to Harold Finch and Maria Okonjo on Monday.`, "Harold Finch/person, Maria Okonjo/person"},
	{"who speaks is not only spoken of", `‹1s:Harold Finch› ‹1c:said› ‹1x:that Maria Okonjo had won›.`, "Maria Okonjo/person"},
	{"a title before a family name", `They waited for President Danner at the gate.`, "Danner/person"},
	{"a title once, a thing of his elsewhere", `The Danner administration is old. They waited for President Danner at the gate.`, "Danner/person"},
	{"a family name that is a given name too", `They saw Hilda Marek at the gate, and Crooked Hilda went home.`, "Hilda Marek/person"},
	{"a family name that places bear", `They met in Ferguson on Monday. A bus to Ferguson was late.`, ""},
	{"one unknown word", `They gave it to Quillby at the gate.`, ""},
	{"the name of a show", `She sang in the Steve Harlan Morning Show on Monday.`, ""},
	{"a family name of two", `Anna Velde married Mark Velde in May. They saw Mr. Velde leave.`, "Anna Velde/person, Mark Velde/person"},
	{"the Arabic article", `The regime of Bashar al-Marwan fell, and al-Marwan fled by boat. They looked for President al-Marwan in the hills.`, "Bashar al-Marwan/person"},
	{"an organisation by its noun", `The harbour belongs to the Northern Fisheries Association since May.`, "Northern Fisheries Association/organisation"},
	{"part of a longer name", `The report went to the Office of Harbours and Locks in May.`, ""},
	{"two outlets as one", `A Harbour Post-Lantern Times poll was held in May.`, ""},
	{"a list goes on", `The report went to the Bureau of Boats, Nets and Lines in May.`, ""},
	{"an initial for a family name", `They met Maria O. in the harbour and Senator Robert C. on the bridge.`, ""},
	{"a bay", `The house of Kaneo Bay stood empty. A boat crossed Kaneo Bay.`, ""},
	{"of the table, in lower case", `The men were close to al Qaeda and fought the Taliban in the hills.`, "al Qaeda/organisation, Taliban/organisation"},
	{"other names of one", `The town fell to Daesh in May. Since then Islamic State has taxed its bakers, and ISIS its millers.`, "Islamic State/organisation"},
	{"in a compound", `The police held two al-Qaida-linked men and a Boko Haram-affiliated smith.`, "al-Qaida/organisation, Boko Haram/organisation"},
	{"a short form beside the name", `The Free Syrian Army left the town. The FSA took its guns along.`, "Free Syrian Army/organisation"},
	{"a short form alone", `The FSA took its guns along.`, ""},
	{"what is a word in capitals", `IS THIS THE END OF THE LONG ROAD, WHO KNOWS?`, ""},
	{"states and seats, not capitals", `A letter from the Kremlin went to Norway by way of Paris.`, "Kremlin/state, Norway/state"},
	{"a state that shares its name", `He grew peaches in Georgia for years.`, ""},
	{"and is named otherwise too", `He grew peaches in Georgia for years and sold them in Tbilisi.`, "Georgia/state"},
	{"a headline shows nothing", "Harold Finch Takes The Northern Bridge\n\nThe bridge is shut.", ""},
	{"an aside", "{Photograph: Harold Finch}\n\nThe bridge is shut.", ""},
	{"adjectives", `The Catholic bishops and Republican voters met the Latino leaders.`, ""},
}

// spokenIn is who is only spoken of in a text marked as for [marked]; "{...}" is an aside.
func spokenIn(t *testing.T, s string) string {
	t.Helper()
	plain, statements := marked(t, s)
	var asides []onrecord.Aside
	if i, k := strings.IndexByte(plain, '{'), strings.IndexByte(plain, '}'); i >= 0 {
		asides = append(asides, onrecord.Aside{Span: onrecord.Span{Start: i, End: k + 1}})
	}
	speakers := resolveBy(english.Annotate(text.Parse(plain)), statements, asides)
	var out []string
	for k := range speakers {
		if slices.ContainsFunc(statements, func(s attribution.Draft) bool { return s.By == k }) {
			continue
		}
		out = append(out, speakers[k].Name+"/"+speakers[k].Kind)
		if len(speakers[k].Spans) == 0 {
			t.Errorf("%s stands nowhere", speakers[k].Name)
		}
	}
	return strings.Join(out, ", ")
}

func TestSpokenOf(t *testing.T) {
	for _, c := range spokenOf {
		t.Run(c.name, func(t *testing.T) {
			if got := spokenIn(t, c.text); got != c.want {
				t.Errorf("%q: %s, want %s", c.text, got, c.want)
			}
		})
	}
}

// TestListOfNames holds that of a text that is a list of names no more are kept than of an article.
func TestListOfNames(t *testing.T) {
	var b strings.Builder
	for i := range 4 * mostSpokenOf {
		fmt.Fprintf(&b, "We met Maria Ok%sa and she went home to her garden. ", strings.Map(func(r rune) rune { return r - '0' + 'a' }, fmt.Sprint(i)))
	}
	speakers := resolveBy(english.Annotate(text.Parse(b.String())), nil, nil)
	if n := len(speakers); n != mostSpokenOf {
		t.Errorf("%d are spoken of, want %d", n, mostSpokenOf)
	}
}

func TestOrganisations(t *testing.T) {
	seen := map[string]string{}
	for _, o := range Organisations() {
		for _, n := range append([]string{o.Name}, o.Names...) {
			if other, twice := seen[n]; twice {
				t.Errorf("%s is %s and %s", n, other, o.Name)
			}
			seen[n] = o.Name
		}
	}
	for _, o := range Organisations() {
		for _, n := range o.Short {
			if seen[n] != "" {
				t.Errorf("%s is short, and a name of %s", n, seen[n])
			}
		}
	}
	for name, want := range map[string]string{"Al Qaeda": "al-Qaeda", "al-Qa’ida": "al-Qaeda", "Daesh": "Islamic State", "GOP": "Republican Party"} {
		if seen[name] != want {
			t.Errorf("%s is %q, want %s", name, seen[name], want)
		}
	}
}
