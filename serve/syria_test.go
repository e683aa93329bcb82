package serve

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/engine"
	"onrecord/ledger"
)

// TestSyriaInThePages reads the case's articles and goes through all pages from the front page on: what its README says a careful
// reader finds must stand on a page of the right kind.
func TestSyriaInThePages(t *testing.T) {
	file := filepath.Join("..", "..", "shared", "cases", "syria", "articles.jsonl")
	if _, err := os.Stat(file); err != nil {
		t.Skip("the case is not here: ", err)
	}
	l, err := ledger.Open(t.Context(), filepath.Join(t.TempDir(), "syria.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := engine.Read(t.Context(), l, []string{file}, engine.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	h := New(l)
	pages := map[string]string{} // text by address
	for queue := []string{"/", "/speakers"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if _, seen := pages[path]; seen {
			continue
		}
		rec := visit(h, path)
		if rec.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, rec.Code)
		}
		d := well(t, path, rec)
		pages[path] = strings.Join(strings.Fields(textOf(d.Node)), " ")
		for _, link := range d.links {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" {
				continue
			}
			if kind, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/"); u.RawQuery == "" && (kind == "story" || kind == "article" || kind == "speaker" || kind == "utterance" || kind == "measure" || kind == "dispute") {
				queue = append(queue, u.Path)
			}
		}
	}
	// Each line: a kind of page, and words that must all stand on one page of that kind.
	for _, want := range [][]string{
		{"/story/", "3 articles, 1 independent report, 1 origin", "8 Oct 2015"},
		{"/utterance/", "reater than 90 percent", "8 Oct 2015", "Who used which", "comparator", "speaker"},
		{"/utterance/", "largely against opposition groups", "rendition"},
		{"/measure/", "90", "70", "percent", "Over time", "Kirby", "McGurk", "third"},
		{"/dispute/", "civilians", "denies", "Amnesty International", "Who printed which"},
		{"/dispute/", "12.5 miles", "denies"},
		{"/speaker/", "Lavrov"},
		{"/speaker/", "Konashenkov"},
		{"/speaker/", "Kirby", "spokesman", "articles"},
		{"/speaker/", "unnamed", "never held to be a named one"},
		{"/article/", "1,458", "431"},
		{"/article/", "250,000"},
		{"/article/", "12.5", "mile"},
		{"/article/", "2015-10-07", "published"},
		{"/article/", "via", "Tass"},
		{"/article/", "not the news"},
	} {
		found := false
		for path, text := range pages {
			all := strings.HasPrefix(path, want[0])
			for _, w := range want[1:] {
				all = all && strings.Contains(text, w)
			}
			found = found || all
		}
		if !found {
			t.Errorf("no page says all of %q", want)
		}
	}
}
