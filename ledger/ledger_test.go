package ledger

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onrecord"
)

func TestSQLite(t *testing.T) {
	conform(t, func(t *testing.T) *Ledger {
		l, err := Open(context.Background(), filepath.Join(t.TempDir(), "a ledger, 100% #1?.db"))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
		return l
	})
}

// dump is all rows as JSON lines.
func dump(t testing.TB, l *Ledger, story string) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	if err := l.Rows(context.Background(), story, func(row any) error { return e.Encode(row) }); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// conform is what every kind of ledger must do; open makes an empty one.
func conform(t *testing.T, open func(*testing.T) *Ledger) {
	ctx := context.Background()
	some := func(n int) []*onrecord.Reading {
		list := make([]*onrecord.Reading, n)
		for i := range list {
			list[i] = invent(i)
		}
		return list
	}
	fill := func(t *testing.T, n int) (*Ledger, []*onrecord.Reading, *onrecord.Links) {
		l := open(t)
		list := some(n)
		if err := l.Add(ctx, list); err != nil {
			t.Fatal(err)
		}
		links := inventLinks(list)
		if err := l.SetLinks(ctx, links); err != nil {
			t.Fatal(err)
		}
		return l, list, links
	}

	t.Run("readings come back as they were", func(t *testing.T) {
		l, list, _ := fill(t, 20)
		got, err := l.Readings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]*onrecord.Reading{}
		for _, r := range list {
			want[r.Article.ID] = r
		}
		have := map[string]*onrecord.Reading{}
		for i, r := range got {
			if i > 0 && got[i-1].Article.ID >= r.Article.ID {
				t.Error("not by id")
			}
			have[r.Article.ID] = r
		}
		if d := cmp.Diff(want, have); d != "" {
			t.Error(d)
		}
	})
	t.Run("adding again changes nothing", func(t *testing.T) {
		l, list, links := fill(t, 20)
		before := dump(t, l, "")
		if err := l.Add(ctx, list[5:9]); err != nil {
			t.Fatal(err)
		}
		if err := l.SetLinks(ctx, links); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(before, dump(t, l, "")); d != "" {
			t.Error(d)
		}
	})
	t.Run("views", func(t *testing.T) {
		l, list, links := fill(t, 40)
		rows, total, err := l.Stories(ctx, StoryFilter{})
		if err != nil || total != 4 || len(rows) != 4 {
			t.Fatal(rows, total, err)
		}
		t.Logf("%+v", rows)
		v, err := l.Story(ctx, rows[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		_ = v
		_ = list
		sp, err := l.Speakers(ctx, "forde", 0)
		t.Logf("%+v %v", sp, err)
		sv, err := l.Speaker(ctx, links.Speakers[0].ID)
		t.Logf("%+v %v", sv.Statements[0], err)
		hits, err := l.Search(ctx, SearchQuery{Words: `ferry "were lost`})
		t.Logf("%d %+v %v", len(hits), hits, err)
		av, err := l.Article(ctx, list[0].Article.ID)
		t.Logf("%+v %v", av, err)
	})
}
