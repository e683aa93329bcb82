package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/export"
	"github.com/onrecord/onrecord/source"
	"github.com/onrecord/onrecord/source/feed"
	"github.com/onrecord/onrecord/source/wire"
)

// README lists what the tables of formats hold, and every command.
func TestReadme(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := strings.Join(strings.Fields(string(b)), " ")
	and := func(names []string) string { // "a, b and c"
		last := len(names) - 1
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	names := func(list []export.Format) []string { return strings.Split(export.Names(list), ",") }
	for _, want := range []string{
		fmt.Sprintf("`read` takes %s; in .json and .xml also the formats of news agencies: %s.", source.Extensions(), wire.Formats()),
		fmt.Sprintf("`export` writes %s (tables: %s); pages offer their tables as %s.", and(names(export.ForLedgers())), strings.Join(export.Tables(), ", "), and(names(export.ForSheets()))),
		fmt.Sprintf("Feeds (%s)", feed.Formats()),
	} {
		if !strings.Contains(readme, want) {
			t.Errorf("README does not say: %s", want)
		}
	}
	_, help, _ := ran(t.Context(), "", "help")
	_, list, _ := strings.Cut(help, "Commands:\n")
	var commands []string
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); strings.HasPrefix(line, "  ") && !strings.HasPrefix(line, "   ") {
			commands = append(commands, f[0])
		}
	}
	if !slices.Contains(commands, "read") {
		t.Fatalf("help lists %q", commands)
	}
	for _, c := range commands {
		if !strings.Contains(readme, "onrecord "+c) && !strings.Contains(readme, "and "+c+" say") {
			t.Errorf("README does not tell of onrecord %s", c)
		}
	}
}

// Every test that docs/SECURITY.md names exists.
func TestSecurityNamesTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z]+)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 20 {
		t.Fatalf("%d tests are named", len(named))
	}
	have := map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range function.FindAllStringSubmatch(string(code), -1) {
			have[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range named {
		if !have[n[1]] {
			t.Errorf("docs/SECURITY.md names %s, which is no test", n[1])
		}
	}
}

// README shows what the command prints of the articles and the draft that it works through.
func TestReadmeExample(t *testing.T) {
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	between := func(from, to string) string {
		t.Helper()
		_, rest, found := strings.Cut(readme, from)
		part, _, closed := strings.Cut(rest, to)
		if !found || !closed {
			t.Fatalf("README has no %q with %q behind it", from, to)
		}
		return part
	}
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	db := filepath.Join(dir, "l.db")
	code, _, stderr := ran(t.Context(), "", "--ledger", db, "read", file("articles.jsonl", "{"+between("```\n{", "```")))
	if code != exitDone {
		t.Fatal(stderr)
	}
	holds := func(out, shown string) {
		t.Helper()
		out = strings.Join(strings.Fields(out), " ")
		for line := range strings.Lines(shown) {
			if line = strings.Join(strings.Fields(line), " "); line != "..." && !strings.Contains(out, line) {
				t.Errorf("README shows %q, where it is %s", line, out)
			}
		}
	}
	_, out, _ := ran(t.Context(), "", "--ledger", db, "stories")
	holds(out, between("$ onrecord stories\n", "$ "))
	_, out, _ = ran(t.Context(), "", "--ledger", db, "check", file("draft.txt", between("$ echo '", "'")))
	holds(out, between("onrecord check draft.txt\n", "```"))
}
