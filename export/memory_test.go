package export_test

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/sqlite"
)

// long is an invented reading whose text goes on for so many bytes.
func long(n, bytes int) *onrecord.Reading {
	r := ledgertest.Invent(n)
	old := r.Article.ID
	r.Article.Text += "\n\n" + strings.Repeat("The harbour is quiet — and nobody knows why. ", bytes/47)
	r.Article.ID = onrecord.ArticleID(r.Article)
	for i := range r.Statements {
		s := &r.Statements[i]
		s.Article = r.Article.ID
		s.ID = onrecord.NewID(onrecord.StatementKind, r.Article.ID, fmt.Sprint(i))
	}
	for i := range r.Figures {
		r.Figures[i].Article, r.Figures[i].ID = r.Article.ID, onrecord.NewID(onrecord.FigureKind, old)
	}
	for i := range r.Times {
		r.Times[i].Article, r.Times[i].ID = r.Article.ID, onrecord.NewID(onrecord.TimeKind, old)
	}
	for i := range r.Speakers {
		r.Speakers[i].Article = r.Article.ID
	}
	return r
}

// An export of 96 MB of text, some of it in articles of 4 MB, has little of it at a time.
func TestExportHasLittleInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 96 MB")
	}
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "onrecord.db")
	w, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	total, n := 0, 0
	for total < 96<<20 {
		var batch []*onrecord.Reading
		for size := 0; size < 8<<20; n++ {
			bytes := 40_000
			if n%100 == 99 {
				bytes = 4 << 20
			}
			r := long(n, bytes)
			batch, size = append(batch, r), size+len(r.Article.Text)
		}
		ledgertest.Add(t, w, batch...)
		for _, r := range batch {
			total += len(r.Article.Text)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	l, err := sqlite.OpenReader(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var most uint64
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse
	}
	runtime.GC()
	before := heap()
	seen := 0
	rows := func(f func(any) error) error {
		return l.Rows(ctx, "", func(row any) error {
			if seen++; seen%50 == 0 {
				most = max(most, heap())
			}
			return f(row)
		})
	}
	articles := func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(ctx, ids) }
	for name, write := range map[string]func() error{
		"jsonl": func() error { return export.JSONL(io.Discard, rows, articles) },
		"csv":   func() error { return export.CSV(io.Discard, "statement", rows, articles) },
	} {
		most, seen = 0, 0
		if err := write(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d rows of %d MB of text, %d MB of heap at most", name, seen, total>>20, (most-before)>>20)
		if most-before > 64<<20 || seen < 5*n {
			t.Errorf("%s: %d rows took %d MB of heap", name, seen, (most-before)>>20)
		}
	}
}
