package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/engine"
	"github.com/onrecord/onrecord/ledger"
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

// A read that was stopped and completed by one without a path has not read all of its input: the ledger knows it until that is read.
func TestUnfinished(t *testing.T) {
	dir := t.TempDir()
	db, folder := filepath.Join(dir, "onrecord.db"), filepath.Join(dir, "news")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.txt": "The harbour is shut, Edda Lorne said on Monday.", "b.txt": "The harbour is open, Edda Lorne said on Friday."} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stopping := &stopAfterAdd{l, stop}
	if _, err := engine.Read(ctx, stopping, []string{filepath.Join(folder, "a.txt"), folder}, engine.Options{}); err == nil {
		t.Fatal("the read was not stopped")
	}
	for _, c := range []struct {
		args []string
		code int
		says string // "" for nothing of the input
	}{
		{[]string{"read"}, exitRefused, "a.txt: not read to its end"},
		{[]string{"stories"}, exitRefused, "a.txt: not read to its end"},
		{[]string{"doctor"}, exitDone, "news: not read to its end"},
		{[]string{"read", filepath.Join(folder, "a.txt")}, exitDone, "news: not read to its end"},
		{[]string{"read", folder}, exitDone, ""},
		{[]string{"stories"}, exitDone, ""},
		{[]string{"doctor"}, exitDone, ""},
	} {
		code, out, stderr := ran(t.Context(), "", append([]string{"--ledger", db}, c.args...)...)
		if says := out + stderr; code != c.code || !strings.Contains(says, c.says) || c.says == "" && strings.Contains(says, "to its end") {
			t.Errorf("%q: exit %d\n%s", c.args, code, says)
		}
	}
}

// A stopAfterAdd is a ledger that stops a read when it has begun to keep what is read.
type stopAfterAdd struct {
	ledger.Ledger
	stop context.CancelFunc
}

func (s *stopAfterAdd) Add(ctx context.Context, readings []*onrecord.Reading) (ledger.Added, error) {
	added, err := s.Ledger.Add(ctx, readings)
	s.stop()
	return added, err
}
