package lexicon_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/lexicon"
)

const boats = `# Boats.

# under sail
sail	2	ketch, yawl	The ketch lay at anchor.
sail	3	barque	A barque came in.
# under power
power	0	tug, yawl	The tug pulled.
`

func TestSubject(t *testing.T) {
	s, err := lexicon.Parse("boats", boats)
	if err != nil {
		t.Fatal(err)
	}
	var rows []lexicon.Row
	for r := range s.Rows("power") {
		rows = append(rows, r)
	}
	want := []lexicon.Row{{Class: "power", Value: "0", Entries: []string{"tug", "yawl"}, Example: "The tug pulled."}}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"ketch", "yawl", "barque", "tug", "yawl"}, s.List()); d != "" {
		t.Error(d)
	}
	sail := s.Set("sail")
	for word, in := range map[string]bool{"ketch": true, "barque": true, "tug": false, "k": false, "": false} {
		if sail.Has(word) != in {
			t.Errorf("%q in sail: %v", word, !in)
		}
	}
	masts := s.Values("sail")
	if v, ok := masts.Find("barque"); v != "3" || !ok {
		t.Errorf("barque: %q, %v", v, ok)
	}
	if v, ok := masts.Find("barge"); v != "" || ok {
		t.Errorf("barge: %q, %v", v, ok)
	}
	if v := s.Values("power", "sail").Of("yawl"); v != "2" {
		t.Errorf("yawl has the value %q, not that of its first row", v)
	}
	if c := s.Classes("sail", "power").Of("tug"); c != "power" {
		t.Errorf("tug is in %q", c)
	}
	bits := s.Bits("power", "sail")
	for word, want := range map[string]uint64{"tug": 1, "ketch": 2, "yawl": 3, "barge": 0} {
		if got := bits.Of(word); got != want {
			t.Errorf("%s: bits %b, not %b", word, got, want)
		}
	}
}

func TestMalformed(t *testing.T) {
	for name, line := range map[string]string{
		"three columns":  "sail\t2\tketch\n",
		"no class":       "\t2\tketch\tThe ketch lay at anchor.\n",
		"no entries":     "sail\t2\t\tThe ketch lay at anchor.\n",
		"an empty entry": "sail\t2\tketch,, yawl\tThe ketch lay at anchor.\n",
	} {
		_, err := lexicon.Parse("boats", "# Boats.\n"+line)
		if err == nil || !strings.Contains(err.Error(), "boats.tsv:2:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLexicon(t *testing.T) {
	l := lexicon.New(fstest.MapFS{
		"boats.tsv": {Data: []byte(boats)},
		"bad.tsv":   {Data: []byte("sail\n")},
	})
	if got := l.Subjects(); !slices.Equal(got, []string{"bad", "boats"}) {
		t.Errorf("subjects %q", got)
	}
	if once, again := l.Subject("boats"), l.Subject("boats"); once != again {
		t.Error("a subject is read twice")
	}
	for what, ask := range map[string]func(){
		"a subject that is missing": func() { l.Subject("carts") },
		"a malformed subject":       func() { l.Subject("bad") },
		"a class that is missing":   func() { l.Subject("boats").Set("steam") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s does not panic", what)
				}
			}()
			ask()
		}()
	}
}
