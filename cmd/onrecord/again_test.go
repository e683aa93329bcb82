package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/storage"
)

// A ledger that another version has read says so when something is read into it, and is read again without its sources.
func TestReadAgain(t *testing.T) {
	dir := t.TempDir()
	db, note := filepath.Join(dir, "onrecord.db"), filepath.Join(dir, "note.txt")
	if err := os.WriteFile(note, []byte("The harbour is shut, Edda Lorne said on Monday."), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	a := &onrecord.Article{File: "old.txt", Text: "The ferry is late, Edda Lorne said on Sunday."}
	a.ID = onrecord.ArticleID(a)
	if _, err := l.Add(t.Context(), []*onrecord.Reading{{Article: a, Model: "of old"}}); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	do := func(args ...string) (int, string) {
		var out strings.Builder
		code := run(t.Context(), append([]string{"--ledger", db}, args...), streams{strings.NewReader(""), &out, &out})
		return code, out.String()
	}
	if code, out := do("read", note); code != 0 || !strings.Contains(out, "1 new") || !strings.Contains(out, "1 article of the ledger read by another version") {
		t.Error(code, out)
	}
	if code, out := do("read"); code != 0 || !strings.Contains(out, "1 article: 0 new, 1 read again, 0 known") || strings.Contains(out, "another version") {
		t.Error(code, out)
	}
	if code, out := do("read"); code != 0 || !strings.Contains(out, "0 articles: 0 new, 0 read again") {
		t.Error(code, out)
	}
	if code, out := do("search", "ferry"); code != 0 || !strings.Contains(out, "Edda Lorne") {
		t.Error(code, out)
	}
	db = filepath.Join(dir, "none.db")
	if code, out := do("read"); code != 2 || !strings.Contains(out, "no such file") {
		t.Error(code, out)
	}
	if _, err := os.Stat(db); !os.IsNotExist(err) {
		t.Error("to read nothing made a ledger")
	}
}
