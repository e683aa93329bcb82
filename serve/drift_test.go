package serve

import (
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestWhatChangedIsMarkedWhereItStands(t *testing.T) {
	for _, c := range []struct {
		text, other, words string
		want               string // the text with the mark in ‹›
	}{
		{"“[G]reater than 90 percent of the boats", "90 percent of all boats", "greater than", "“‹[G]reater than› 90 percent of the boats"},
		{"More than 90 percent", "90 percent", "more than", "‹More than› 90 percent"},
		{"they said the boats sank", "they said boats sank", "the", "they said ‹the› boats sank"},
		{"the boats of the strait", "the boats of a strait", "the", "the boats of ‹the› strait"},
		{"the boats, the boats", "the boats, the boats", "boats", "the ‹boats›, the boats"},
		{"land [in Kestria] before dark", "land before dark", "[in Kestria]", "land ‹[in Kestria]› before dark"},
		{"about 70 %", "70 %", "70 %", "about ‹70 %›"},
		{"nothing of it", "", "boats", "nothing of it"},
		{"nothing of it", "", "", "nothing of it"},
		{"so — what", "so what", "—", "so ‹—› what"},
		{"", "x", "boats", ""},
	} {
		got := c.text
		for _, m := range driftMarks(c.text, c.other, c.words, roleOf(onrecord.DriftWording)) {
			got = c.text[:m.Start] + "‹" + m.Of(c.text) + "›" + c.text[m.End:]
		}
		if got != c.want {
			t.Errorf("%q in %q: %s, want %s", c.words, c.text, got, c.want)
		}
	}
}

// TestKindsOfDriftLookDifferent: each kind is told by a sign and by a class that the style sheet gives a line of its own.
func TestKindsOfDriftLookDifferent(t *testing.T) {
	style, err := files.ReadFile("web/style.css")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, k := range onrecord.DriftKinds {
		if k.Sign == "" || seen[k.Sign] {
			t.Errorf("the sign %q of %s is none of its own", k.Sign, k.Kind)
		}
		seen[k.Sign] = true
		got := string(markUp("some words", []mark{{onrecord.Span{Start: 5, End: 10}, roleOf(k.Kind)}}, nil, false))
		if roleOf(k.Kind) == drift { // what changed is not among the words
			continue
		}
		if want := `some <mark class="drift d-` + k.Kind + `" data-sign="` + k.Sign + `">words</mark>`; got != want {
			t.Errorf("%s: %s, want %s", k.Kind, got, want)
		}
		if k.Kind != onrecord.DriftWording && !strings.Contains(string(style), "mark.d-"+k.Kind+" {") { // wording has the plain line
			t.Errorf("the style sheet has no mark.d-%s", k.Kind)
		}
	}
	// The sign stands once, however the mark is cut.
	cut := string(markUp("some words", []mark{{onrecord.Span{Start: 0, End: 10}, roleOf(onrecord.DriftNumber)}, {onrecord.Span{Start: 5, End: 10}, figure}}, nil, false))
	if strings.Count(cut, "data-sign") != 1 {
		t.Error(cut)
	}
}

func roleOf(drift string) role {
	_, r := kindOfDrift(drift)
	return r
}
