package eval

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
	"github.com/onrecord/onrecord/ledger/storage"
)

// The same articles, read in two goes, come out of a file and of PostgreSQL as the same bytes.
func TestExportsAlike(t *testing.T) {
	examples := func(name string) string { return filepath.Join("..", "examples", name) }
	var exports [][]byte
	for _, address := range []string{filepath.Join(t.TempDir(), "l.db"), postgrestest.Start(t).Address(t)} {
		l, err := storage.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		for _, paths := range [][]string{{examples("coverage.jsonl")}, {examples("pages"), examples("saved")}} {
			if _, err := engine.Read(t.Context(), l, paths, engine.Options{Workers: 2}); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := export.JSONL(&out, func(f func(any) error) error { return l.Rows(t.Context(), "", f) },
			func(ids []string) ([]ledger.ArticleRow, error) { return l.Articles(t.Context(), ids) }); err != nil {
			t.Fatal(err)
		}
		exports = append(exports, out.Bytes())
	}
	if n := bytes.Count(exports[0], []byte("\n")); n < 100 {
		t.Errorf("%d rows show little", n)
	}
	if !bytes.Equal(exports[0], exports[1]) {
		t.Errorf("%d bytes from a file, %d from PostgreSQL, and not the same", len(exports[0]), len(exports[1]))
	}
}
