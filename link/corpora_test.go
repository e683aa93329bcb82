package link

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/corpora"
)

// goldArticle is a line of a corpus of articles with its gold.
type goldArticle struct {
	ID, Outlet, Published, Title, Text, Story, G, Kind, Derived string
	Wire                                                        bool
}

// development is the readings of a corpus, without rows, and its gold by article id.
func development(t testing.TB, name string) ([]*onrecord.Reading, map[string]goldArticle) {
	t.Helper()
	gold := map[string]goldArticle{}
	var rs []*onrecord.Reading
	for _, g := range corpora.Rows[goldArticle](t, corpora.Path(t, "corpora", name, "dev.jsonl.gz")) {
		a := &onrecord.Article{ExternalID: g.ID, Outlet: g.Outlet, Title: g.Title, Text: g.Text}
		if g.Published != "" {
			a.Published = onrecord.Published{Value: g.Published, Precision: "second", Basis: "given"}
		}
		a.ID = onrecord.ArticleID(a)
		gold[a.ID] = g
		rs = append(rs, &onrecord.Reading{Article: a})
	}
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
	f1 := func(s table, key string) float64 { return s[key].([]any)[2].(float64) }
	for _, c := range []struct {
		name, what string
		floor      string
		holds      func(table) bool
	}{
		{"neardup", "copies", "pairs F1 98, every edit 94", func(s table) bool {
			for k, v := range s {
				if r, ok := v.(float64); ok && strings.HasPrefix(k, "recall ") && r < 94 {
					return false
				}
			}
			return f1(s, "pairs") >= 98
		}},
		{"meter", "wire", "wholly 85, partially 53, false 11, story 98", func(s table) bool {
			return s["found wholly"].(float64) >= 85 && s["found partially"].(float64) >= 53 && s["false"].(float64) <= 11 && s["story right"].(float64) >= 98
		}},
		{"meter", "stories", "BCubed F1 96", func(s table) bool { return f1(s, "bcubed") >= 96 }},
		{"ecbplus", "stories", "BCubed F1 87", func(s table) bool { return f1(s, "bcubed") >= 87 }},
		{"basil", "stories", "BCubed F1 97", func(s table) bool { return f1(s, "bcubed") >= 97 }},
		{"uci", "stories", "BCubed F1 77", func(s table) bool { return f1(s, "bcubed") >= 77 }},
	} {
		t.Run(c.name+" "+c.what, func(t *testing.T) {
			path := corpora.Path(t, "corpora", c.name, "dev.jsonl.gz")
			rs, _ := development(t, c.name)
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
			out, err := exec.Command(python, corpora.Path(t, "score", "links.py"), c.what, path, file, "--json").Output()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s", out)
			var s table
			if err := json.Unmarshal(out, &s); err != nil {
				t.Fatal(err)
			}
			if !c.holds(s) {
				t.Errorf("under the floor: %s", c.floor)
			}
		})
	}
}
