package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// TestUnits: a figure that an article gives in two units is one row with the other beside it, on every page that lists figures; one
// that another article gives in the other unit alone stands on one line with it.
func TestUnits(t *testing.T) {
	dir := t.TempDir()
	in := `{"outlet":"Harbour Post","title":"Heath fire near Brask","published":"2031-08-12","text":"Sparks from a harvester started it, fire chief Nils Aune said. The fire near Brask has burned 1,200 acres (486 hectares) of heath and a row of barns since Monday."}
{"outlet":"Lantern","title":"Coast road shut by Brask fire","published":"2031-08-12","text":"Travellers should take the ferry. Flames near Brask had eaten through 486 hectares of dry heath by noon, and smoke lay over the coast road."}
{"outlet":"Dale Gazette","title":"Heath still burns at Brask","published":"2031-08-13","text":"Volunteers went out with spades. So far 1,200 acres of heath near Brask have burned, and rain is not expected."}
`
	file, path := filepath.Join(dir, "fire.jsonl"), filepath.Join(dir, "fire.db")
	if err := os.WriteFile(file, []byte(in), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{file}, engine.Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	var other *ledger.FigureRow
	measure := ""
	err = l.Rows(t.Context(), "", func(row any) error {
		switch x := row.(type) {
		case *ledger.FigureRow:
			if x.ConversionOf != "" {
				other = x
			}
		case *onrecord.Measure:
			measure = x.ID
		}
		return nil
	})
	if err != nil || other == nil || measure == "" {
		t.Fatalf("%v, %v, measure %q", err, other, measure)
	}
	page := func(path string) string {
		t.Helper()
		rec := visit(h, path)
		if rec.Code != 200 {
			t.Fatalf("%s: %d", path, rec.Code)
		}
		return rec.Body.String()
	}
	for _, c := range []struct {
		path string
		rows int
		has  []string
	}{
		{"/measure/" + measure, 3, []string{"1,200 acre", "(486 hectare)", "3 figures</b> in <bdi>acre", `<title>Lantern, 12 Aug 2031: 1,201`}},
		{"/article/" + other.Article, 1, []string{"1,200 acre", "(486 hectare)"}},
		{"/measure/" + measure + "/chart.svg", 0, []string{"<title>Harbour Post, 12 Aug 2031: 1,200", "<title>Lantern, 12 Aug 2031: 1,201"}},
		{"/api/v1/articles/" + other.Article, 0, []string{`"conversion_of":"` + other.ConversionOf + `"`, `"conversion_of":null`}},
	} {
		s := page(c.path)
		for _, want := range c.has {
			if !strings.Contains(s, want) {
				t.Errorf("%s: no %q", c.path, want)
			}
		}
		if n := strings.Count(s, `<td class="value">`); n != c.rows {
			t.Errorf("%s: %d rows of figures, want %d", c.path, n, c.rows)
		}
	}
	if s := page("/"); !strings.Contains(s, "3 figures") && !strings.Contains(s, ">3<") {
		t.Error("the front page counts a figure and its conversion as two")
	}
}
