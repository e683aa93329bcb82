package serve

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func TestReadSearch(t *testing.T) {
	for typed, want := range map[string]struct {
		words  string
		fields map[string]string
	}{
		"boats strait":                            {"boats strait", nil},
		`speaker:marden boats`:                    {"boats", map[string]string{"speaker": "marden"}},
		`outlet:"Harbour Post" "family boats"`:    {`"family boats"`, map[string]string{"outlet": "Harbour Post"}},
		`Speaker:“Ilsa Marden” stance:denies`:     {"", map[string]string{"speaker": "Ilsa Marden", "stance": "denies"}},
		"after:2031-03-05 before:2031-04-01 ship": {"ship", map[string]string{"from": "2031-03-05", "until": "2031-04-01"}},
		`"he said: speaker:x" note:this speaker:`: {`"he said: speaker:x" note:this speaker:`, nil},
		`"open quotation speaker:x`:               {`"open quotation speaker:x`, nil},
	} {
		words, fields := readSearch(typed)
		if words != want.words || !maps.Equal(fields, want.fields) {
			t.Errorf("%s: %q %v, want %q %v", typed, words, fields, want.words, want.fields)
		}
	}
}

func TestMisspelt(t *testing.T) {
	s := &ledger.SpeakerRow{Speaker: onrecord.Speaker{Name: "Ilsa Marden", Aliases: []string{"Mrs Marden-Holm"}}}
	for name, want := range map[string]bool{
		"marden": true, "Mardon": true, "Madren": true, "Ilse Mardn": true, "Ilsa Holmes": false, "Martin": false, "Ilsa Brandt": false, "m": false, "": false,
	} {
		if _, ok := misspelt(nameWords(name), s); ok != want {
			t.Errorf("%q: %v", name, ok)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringN(0, 8, -1).Draw(t, "a"), rapid.StringN(0, 8, -1).Draw(t, "b")
		if n := letters(a, b); n != letters(b, a) || (n == 0) != (string([]rune(a)) == string([]rune(b))) {
			t.Fatal(n)
		}
	})
}

// A search understands fields among the words, knows a name that is misspelt, and counts what it finds by kind.
func TestSearchPage(t *testing.T) {
	h := New(example(t))
	see := func(q string) string {
		return strings.Join(strings.Fields(textOf(parse(t, visit(h, "/search?q="+url.QueryEscape(q)).Body.String()).Node)), " ")
	}
	for q, want := range map[string][]string{
		"boats":                          {"all ", "statements ", "articles ", "best match first"},
		"boats speaker:marden":           {"Ilsa Marden", "articles 0"},
		"boats outlet:Northwire":         {"Northwire"},
		"stance:denies boats":            {"articles 0"},
		"Ilsa Mardon":                    {"Nobody here has this name. Did you mean Ilsa Marden"},
		"speaker:Mardan boats":           {"Did you mean Ilsa Marden"},
		"speaker:marden":                 {"Speakers with this name: Ilsa Marden", "Give words to find, too, or open the speaker above"},
		"boats after:2031-06-01":         {"Jun 2031"},
		"boats before:2030-01-01":        {"No results"},
		"boats after:yesterday":          {"Invalid date"},
		"quadrille":                      {"No results"},
		`"tie up is a crew" kind:direct`: {"articles 0", "statements "},
	} {
		got := see(q)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in %.900s", q, w, got)
			}
		}
	}
	if page := visit(h, "/search?q=boats&show=article").Body.String(); strings.Contains(page, `<span class="chip">statement</span>`) || !strings.Contains(page, `<span class="chip">article</span>`) {
		t.Error("articles alone are not articles alone")
	}
}
