package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/ledger/storage"
	"github.com/onrecord/onrecord/reading"
)

// halfway makes a ledger of a read that was stopped before it linked: one story printed twice, the second a copy.
func halfway(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "half.db")
	l, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var readings []*onrecord.Reading
	for _, outlet := range []string{"The Brook", "Orm Wire"} {
		a := &onrecord.Article{Outlet: outlet, Text: "“The bridge will stay closed until the last bolt is replaced in spring,” said Mayor Odile Karst on Monday."}
		a.ID = onrecord.ArticleID(a)
		readings = append(readings, reading.Read(a))
	}
	if _, err := l.Add(t.Context(), readings); err != nil {
		t.Fatal(err)
	}
	return path
}

// What is not linked yet is not known: nothing is printed of it as if it were, and the exit code says so.
func TestNotLinkedYet(t *testing.T) {
	path := halfway(t)
	draft := filepath.Join(t.TempDir(), "draft.txt")
	if err := os.WriteFile(draft, []byte("“The bridge will stay closed until the last bolt is replaced in spring,” said Odile Karst."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args      []string
		says, not string
	}{
		{[]string{"stories"}, "", ""},
		{[]string{"stories", "--json"}, "", ""},
		{[]string{"export"}, `{"type":"status","linked":false}` + "\n", ""},
		{[]string{"export", "--format", "csv"}, "id,article", "status"},
		{[]string{"check", draft}, "2 articles, independent reports unknown: not linked yet", "2 independent reports"},
		{[]string{"check", "--json", draft}, `"reports": null`, `"linked": true`},
	} {
		code, out, stderr := ran(t.Context(), "", append([]string{"--ledger", path}, c.args...)...)
		if code != exitRefused || !strings.Contains(stderr, "linked yet") || !strings.Contains(out, c.says) || c.not != "" && strings.Contains(out, c.not) {
			t.Errorf("%q: exit %d\n%s%s", c.args, code, out, stderr)
		}
	}
	if code, _, stderr := ran(t.Context(), "", "--ledger", path, "search", "bridge"); code != exitDone { // rests on no link
		t.Errorf("search: exit %d: %s", code, stderr)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	l, err := storage.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := stopped(ctx, l); !strings.Contains(err.Error(), "not linked yet") {
		t.Error(err)
	}
	l.Close()
	if code, _, stderr := ran(t.Context(), "", "--ledger", path, "read", filepath.Join("..", "..", "examples", "saved")); code != exitDone {
		t.Fatal(stderr)
	}
	for _, args := range [][]string{{"stories"}, {"export"}, {"check", draft}} {
		code, out, stderr := ran(t.Context(), "", append([]string{"--ledger", path}, args...)...)
		if code != exitDone || strings.Contains(out+stderr, "linked") {
			t.Errorf("%q: exit %d\n%s%s", args, code, out, stderr)
		}
	}
}
