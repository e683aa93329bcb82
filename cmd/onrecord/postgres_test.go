package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/onrecord/onrecord/ledger/postgres/postgrestest"
)

// A ledger in PostgreSQL answers every command as one in a file does, byte for byte.
func TestPostgreSQLAnswersAlike(t *testing.T) {
	address := postgrestest.Start(t).Address(t)
	file := filepath.Join(t.TempDir(), "l.db")
	input := []string{"../../examples/coverage.jsonl", "../../examples/pages"}
	for _, ledger := range []string{file, address} {
		if code, _, stderr := ran(t.Context(), "", append([]string{"--ledger", ledger, "read"}, input...)...); code != exitDone {
			t.Fatal(stderr)
		}
	}
	_, stories, _ := ran(t.Context(), "", "--ledger", file, "stories")
	story := ""
	for field := range strings.FieldsSeq(stories) {
		if len(field) == 14 && field[0] == 'e' {
			story = field
			break
		}
	}
	if story == "" {
		t.Fatalf("no story in %s", stories)
	}
	for _, args := range [][]string{
		{"export"},
		{"export", "--story", story},
		{"export", "--format", "csv", "--table", "figure"},
		{"stories"},
		{"story", story},
		{"search", "ferry"},
		{"search", "minister", "said"},
	} {
		code, want, _ := ran(t.Context(), "", slices.Concat([]string{"--ledger", file}, args)...)
		again, got, stderr := ran(t.Context(), "", slices.Concat([]string{"--ledger", address}, args)...)
		if d := cmp.Diff(want, got); code != again || want == "" || d != "" {
			t.Errorf("%q: exit code %d and %d, %d bytes: %.2000s%s", args, code, again, len(want), d, stderr)
		}
	}
	moved := filepath.Join(t.TempDir(), "moved.db")
	if code, out, stderr := ran(t.Context(), "", "ledger", "copy", address, moved); code != exitDone || !strings.Contains(out, "compared") {
		t.Fatalf("copy: %d %s%s", code, out, stderr)
	}
	_, want, _ := ran(t.Context(), "", "--ledger", address, "export")
	if _, got, _ := ran(t.Context(), "", "--ledger", moved, "export"); got != want {
		t.Errorf("a copy exports otherwise: %s", cmp.Diff(want, got))
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if code, out, stderr := ran(t.Context(), "", "--ledger", address, "backup", backup); code != exitDone || !strings.Contains(out, "sound") || strings.Contains(out, "search_path") {
		t.Errorf("backup: %d %s%s", code, out, stderr)
	}
	if _, got, _ := ran(t.Context(), "", "--ledger", backup, "export"); got != want {
		t.Errorf("a backup exports otherwise: %s", cmp.Diff(want, got))
	}
	if code, out, stderr := ran(t.Context(), "", "--ledger", moved, "doctor"); code != exitDone {
		t.Errorf("doctor of a copy: %d %s%s", code, out, stderr)
	}
	if code, _, stderr := ran(t.Context(), "", "ledger", "copy", moved, address); code != exitNothing || !strings.Contains(stderr, "not empty") || strings.Contains(stderr, "search_path") {
		t.Errorf("a copy into a ledger with rows: %d %s", code, stderr)
	}
	code, out, stderr := ran(t.Context(), "", "--ledger", address, "--connections", "2", "--timeout", "1m", "doctor")
	if code != exitDone || !strings.Contains(out, "sound") || strings.Contains(out, "search_path") {
		t.Errorf("doctor: %d: %s%s", code, out, stderr)
	}
	if code, _, stderr := ran(t.Context(), "", "--ledger", file, "--connections", "2", "stories"); code != exitNothing || !strings.Contains(stderr, "PostgreSQL") {
		t.Errorf("a file with connections: %d %s", code, stderr)
	}
}

// Articles that a read puts into the queue are read by a worker, and the ledger is the one that a read alone makes.
func TestWorker(t *testing.T) {
	address := postgrestest.Start(t).Address(t)
	file := filepath.Join(t.TempDir(), "l.db")
	input := []string{"../../examples/coverage.jsonl", "../../examples/pages"}
	if code, _, stderr := ran(t.Context(), "", append([]string{"--ledger", file, "read"}, input...)...); code != exitDone {
		t.Fatal(stderr)
	}
	code, out, stderr := ran(t.Context(), "", append([]string{"--ledger", address, "read", "--queue"}, input...)...)
	if code != exitDone || !strings.Contains(out, "16 articles: 16 new") || !strings.Contains(stderr, "16 articles to be read, 0 workers running") {
		t.Fatalf("%d: %s%s", code, out, stderr)
	}
	if code, _, stderr := ran(t.Context(), "", "--ledger", address, "stories"); code != exitRefused || !strings.Contains(stderr, "linked") {
		t.Errorf("%d: %s", code, stderr)
	}
	if code, out, _ := ran(t.Context(), "", "--ledger", address, "doctor"); code != exitDone || !strings.Contains(out, "16 not read yet") || strings.Contains(out, "another version") {
		t.Errorf("%d: %s", code, out)
	}
	running, stop := context.WithCancel(t.Context())
	ended := make(chan string, 1)
	go func() {
		code, out, stderr := ran(running, "", "--ledger", address, "worker", "--workers", "2", "--status", "127.0.0.1:0", "--log", "json")
		ended <- fmt.Sprint(code, out, stderr)
	}()
	if code, out, stderr := ran(t.Context(), "", "--ledger", address, "read", "--queue", "--wait", input[0]); code != exitDone || !strings.Contains(out, "known") || strings.Contains(stderr, "by another version") {
		t.Errorf("%d: %s%s", code, out, stderr)
	}
	_, want, _ := ran(t.Context(), "", "--ledger", file, "export")
	if code, got, stderr := ran(t.Context(), "", "--ledger", address, "export"); got != want || code != exitDone {
		t.Errorf("%d: %s%s", code, stderr, cmp.Diff(want, got))
	}
	stop()
	said := <-ended // what it printed
	if !strings.HasPrefix(said, "0") || strings.Contains(said, "search_path") || !strings.Contains(said, `/readyz"`) {
		t.Error(said)
	}
	for _, args := range [][]string{{"worker"}, {"read", "--queue", input[0]}} {
		if code, _, stderr := ran(t.Context(), "", append([]string{"--ledger", file}, args...)...); code != exitNothing || !strings.Contains(stderr, "PostgreSQL") {
			t.Errorf("%q with a file: %d %s", args, code, stderr)
		}
	}
}
