package storage

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/ledgertest"
	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
)

// A ledger that is copied from a file to PostgreSQL and back is the same, in every row and every search.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	file, server, back := filepath.Join(dir, "a.db"), postgrestest.Start(t).Address(t), filepath.Join(dir, "b.db")
	first, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	ledgertest.Fill(t, first, 20)
	first.Close()
	n, err := Copy(t.Context(), file, server)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := Copy(t.Context(), server, back); err != nil || m != n || n < 50 {
		t.Fatal(n, m, err)
	}
	of := func(address string) (rows string, hits []ledger.Hit) {
		l, err := OpenReader(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if hits, err = l.Search(t.Context(), ledger.SearchQuery{Words: "ferries", Limit: 50}); err != nil || len(hits) == 0 {
			t.Fatal(hits, err)
		}
		return ledgertest.Dump(t, l, ""), hits
	}
	want, found := of(file)
	for _, address := range []string{server, back} {
		got, hits := of(address)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", Name(address), d)
		}
		if d := cmp.Diff(found, hits); d != "" {
			t.Errorf("%s: %s", Name(address), d)
		}
	}
	for _, address := range []string{server, back} {
		if _, err := Copy(t.Context(), file, address); !errors.Is(err, ledger.ErrNotEmpty) {
			t.Errorf("a copy into %s, which has rows: %v", Name(address), err)
		}
	}
}
