package serve

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
)

func TestLineageOfTheStory(t *testing.T) {
	r := coverage()
	h := New(r)
	path := "/story/" + r.links.Stories[0].ID
	d := parse(t, visit(h, path).Body.String())
	var edges []string
	for n := range d.one("lineage").Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" {
			edges = append(edges, attr(n, "aria-label"))
			if page := textOf(well(t, attr(n, "href"), visit(h, attr(n, "href"))).Node); !strings.Contains(page, "of the copy was found in its origin") {
				t.Errorf("%s says %s", attr(n, "href"), page)
			}
		}
	}
	if want := []string{"Sallow Post · 74% from Quill Wire: side by side", "Northbank Herald · 31% from Quill Wire: side by side"}; !slices.Equal(edges, want) {
		t.Errorf("edges are %q, want %q", edges, want)
	}
}

// TestAnyLineageIsAForest: whatever copies there are, no article stands twice, and each stands under one that stands before it.
func TestAnyLineageIsAForest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := &ledger.StoryView{}
		n := rapid.IntRange(1, 12).Draw(t, "articles")
		id := func(i int) string { return fmt.Sprintf("a%d", i) }
		for i := range n {
			day := rapid.SampledFrom([]string{"", "2031-03-04", "2031-03-05", "2031-04-01"}).Draw(t, "day")
			v.Articles = append(v.Articles, ledger.ArticleRow{Article: onrecord.Article{ID: id(i), Outlet: rapid.String().Draw(t, "outlet"), Text: "some words", Published: onrecord.Published{Value: day}}})
		}
		copying := map[string]bool{}
		for range rapid.IntRange(0, 20).Draw(t, "copies") {
			from, to := rapid.IntRange(0, n-1).Draw(t, "article"), rapid.IntRange(0, n).Draw(t, "origin")
			v.Copies = append(v.Copies, onrecord.Copy{Article: id(from), Origin: id(to), Share: rapid.Float64Range(0, 1).Draw(t, "share"), Passages: []onrecord.Aligned{{Span: onrecord.Span{Start: 0, End: 4}, Origin: onrecord.Span{Start: 5, End: 10}}}})
			if from != to && to < n {
				copying[id(from)] = true
			}
		}
		l := newIndex(v).lineage(v)
		stands := map[string]bool{}
		for i, r := range l.Rows {
			if stands[r.Article.ID] {
				t.Fatalf("%s stands twice", r.Article.ID)
			}
			stands[r.Article.ID] = true
			if r.parent >= i || (r.parent < 0) != (r.Depth == 0) || r.parent >= 0 && l.Rows[r.parent].Depth != r.Depth-1 {
				t.Fatalf("row %d: %+v", i, r)
			}
			if r.parent >= 0 && r.Beside == "" {
				t.Fatalf("row %d has no passages", i)
			}
		}
		for a := range copying {
			if !stands[a] {
				t.Fatalf("%s is left out", a)
			}
		}
		if len(l.Rows) != l.Origins+l.Copies {
			t.Fatal("miscounted")
		}
		if len(l.Rows) == 0 {
			return
		}
		for dec := xml.NewDecoder(strings.NewReader(l.svg(wideStrip()) + l.svg(slimStrip()))); ; {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
