package link

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"onrecord"
)

// goldArticle is a line of a corpus of articles with its gold.
type goldArticle struct {
	ID, Outlet, Published, Title, Text, Story, G, Kind, Derived string
	Wire                                                        bool
}

// corpus is the readings of a corpus, without rows, and its gold by article id.
func corpus(t testing.TB, name string) ([]*onrecord.Reading, map[string]goldArticle) {
	t.Helper()
	gold := map[string]goldArticle{}
	var rs []*onrecord.Reading
	jsonLines(t, shared(t, "corpora", name, "dev.jsonl.gz"), func(line []byte) {
		var g goldArticle
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		a := &onrecord.Article{ExternalID: g.ID, Outlet: g.Outlet, Title: g.Title, Text: g.Text}
		if g.Published != "" {
			a.Published = onrecord.Published{Value: g.Published, Precision: "second", Basis: "given"}
		}
		a.ID = onrecord.ArticleID(a)
		gold[a.ID] = g
		rs = append(rs, &onrecord.Reading{Article: a})
	})
	return rs, gold
}

// TestCorpora scores stories and copies on the dev corpora, with one setting for all, and holds the floors.
func TestCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("corpora are not read in short mode")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 for the scorers")
	}
	type table map[string]any
	for _, c := range []struct {
		name, what string
		floor      float64
		measure    func(table) float64
	}{
		{"neardup", "copies", 97, func(s table) float64 { return s["pairs"].([]any)[2].(float64) }},
		{"meter", "wire", 75, func(s table) float64 { return s["found wholly"].(float64) }},
		{"meter", "stories", 95, func(s table) float64 { return s["bcubed"].([]any)[2].(float64) }},
		{"ecbplus", "stories", 85, func(s table) float64 { return s["bcubed"].([]any)[2].(float64) }},
		{"basil", "stories", 96, func(s table) float64 { return s["bcubed"].([]any)[2].(float64) }},
		{"uci", "stories", 74, func(s table) float64 { return s["bcubed"].([]any)[2].(float64) }},
	} {
		t.Run(c.name+" "+c.what, func(t *testing.T) {
			path := shared(t, "corpora", c.name, "dev.jsonl.gz")
			rs, _ := corpus(t, c.name)
			start := time.Now()
			links := All(rs, 1)
			t.Logf("%d articles linked in %v", len(rs), time.Since(start).Round(time.Millisecond))
			file := filepath.Join(t.TempDir(), "ledger.jsonl")
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			for _, r := range rs {
				enc.Encode(map[string]any{"type": "article", "id": r.Article.ID, "external_id": r.Article.ExternalID})
			}
			for _, s := range links.Stories {
				enc.Encode(map[string]any{"type": "story", "id": s.ID, "articles": s.Articles})
			}
			for _, c := range links.Copies {
				enc.Encode(map[string]any{"type": "copy", "article": c.Article, "origin": c.Origin, "share": c.Share})
			}
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(python, shared(t, "score", "links.py"), c.what, path, file, "--json").Output()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s", out)
			var s table
			if err := json.Unmarshal(out, &s); err != nil {
				t.Fatal(err)
			}
			if got := c.measure(s); got < c.floor {
				t.Errorf("%.1f is under the floor of %.1f", got, c.floor)
			}
		})
	}
}
