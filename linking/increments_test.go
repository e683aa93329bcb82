package linking

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/link"
	"github.com/onrecord/onrecord/link/synthetic"
	"github.com/onrecord/onrecord/review"
)

// TestIncrements holds that a ledger that is linked again and again, while articles come in any order and any number at a time, are read
// again, move to another day, are removed, and people decide what is one, has in the end the rows of one that was given all at once.
func TestIncrements(t *testing.T) {
	if err := flag.Set("rapid.checks", "12"); err != nil { // each is some twenty links of a ledger
		t.Fatal(err)
	}
	ctx := context.Background()
	var coverage []*onrecord.Reading
	for day := range 5 {
		for _, r := range synthetic.New().Day(day, 8) {
			r.Article.URL, r.Model = "https://news.example/"+r.Article.ExternalID, "synthetic"
			a := *r.Article
			a.ID = onrecord.ArticleID(&a)
			r = synthetic.Moved(r, &a)
			coverage = append(coverage, r)
		}
	}
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		open := func(name string) ledger.Ledger {
			l, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), fmt.Sprint(name, runs)))
			if err != nil {
				rt.Fatal(err)
			}
			return l
		}
		must := func(err error) {
			rt.Helper()
			if err != nil {
				rt.Fatal(err)
			}
		}
		sizes := link.Sizes{Whole: rapid.SampledFrom([]int{1, 20, 1000}).Draw(rt, "whole"), Period: rapid.SampledFrom([]int{1, 4, 9}).Draw(rt, "period")}
		grown, whole := open("grown"), open("whole")
		defer grown.Close()
		defer whole.Close()
		rest := rapid.Permutation(coverage).Draw(rt, "order")
		held := map[string]*onrecord.Reading{}
		var reviews []onrecord.Review
		decide := func(r onrecord.Review) {
			r.By, r.Why, r.At = "Ada", "", time.Date(2032, 1, 1, 0, len(reviews), 0, 0, time.UTC)
			must(grown.AddReview(ctx, r))
			reviews = append(reviews, r)
		}
		for len(rest) > 0 {
			n := rapid.IntRange(1, len(rest)).Draw(rt, "come")
			batch := append([]*onrecord.Reading(nil), rest[:n]...)
			rest = rest[n:]
			for _, id := range sorted(held) {
				if rapid.IntRange(0, 9).Draw(rt, "again") == 0 { // with another outlet, of another day, or without what it said last
					a := *held[id].Article
					a.Outlet = rapid.SampledFrom([]string{"Lantern", "Ferry Post", a.Outlet}).Draw(rt, "outlet")
					a.Published.Value = synthetic.First.Add(time.Duration(rapid.IntRange(0, 120).Draw(rt, "hour")) * time.Hour).Format(time.RFC3339)
					if ledger.Digest(&a, "synthetic") == ledger.Digest(held[id].Article, "synthetic") {
						continue // it would be left alone
					}
					again := *held[id]
					again.Article = &a
					again.Statements = again.Statements[:rapid.IntRange(0, len(again.Statements)).Draw(rt, "statements")]
					batch = append(batch, &again)
				}
			}
			_, err := grown.Add(ctx, batch)
			must(err)
			for _, r := range batch {
				held[r.Article.ID] = r
			}
			if ids := sorted(held); rapid.IntRange(0, 3).Draw(rt, "remove") == 0 {
				id := rapid.SampledFrom(ids).Draw(rt, "removed")
				decide(onrecord.Review{Row: id, Action: review.Reject})
				delete(held, id)
			} else if rapid.Bool().Draw(rt, "merge") && len(ids) > 1 {
				a, b := rapid.SampledFrom(ids).Draw(rt, "one"), rapid.SampledFrom(ids).Draw(rt, "other")
				if a != b {
					decide(onrecord.Review{
						Row: onrecord.NewID(onrecord.StoryKind, a), Action: rapid.SampledFrom([]string{review.Merge, review.Split}).Draw(rt, "verdict"),
						Before: review.Row{Members: []string{a}}.JSON(), After: review.Row{Members: []string{a, b}}.JSON(),
					})
				}
			}
			must(Link(ctx, grown, sizes, 2, func() {}))
		}
		var all []*onrecord.Reading
		for _, id := range sorted(held) {
			all = append(all, held[id])
		}
		_, err := whole.Add(ctx, all)
		must(err)
		for _, r := range reviews {
			must(whole.AddReview(ctx, r))
		}
		must(Link(ctx, whole, sizes, 1, func() {}))
		if d := cmp.Diff(rowsOf(rt, whole), rowsOf(rt, grown)); d != "" {
			rt.Fatalf("%+v (-at once +grown): %s", sizes, d)
		}
	})
}

func sorted(held map[string]*onrecord.Reading) []string {
	return slices.Sorted(maps.Keys(held))
}

// rowsOf are all rows of a ledger, a line each.
func rowsOf(t *rapid.T, l ledger.Ledger) []string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	if err := l.Rows(context.Background(), "", func(row any) error {
		fmt.Fprintf(&b, "%T ", row)
		return e.Encode(row)
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Split(b.String(), "\n")
}
