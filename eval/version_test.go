package eval

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/reading"
	"github.com/onrecord/onrecord/source"
)

// TestVersions holds that the versions tell the truth. The files reading/version.txt and link/version.txt, of which the version strings
// are made, hold a digest of the rows that the rules make of the invented articles: so rows that are made otherwise than before have
// another version, a ledger of the older rows is read and linked again, and no number has to be bumped by hand.
func TestVersions(t *testing.T) {
	dir := t.TempDir()
	paths := []string{
		filepath.Join("..", "examples", "coverage.jsonl"), filepath.Join("..", "examples", "pages"), filepath.Join("..", "examples", "saved"),
		inventedArticles(t, dir),
	}
	holdVersion(t, filepath.Join("..", "reading", "version.txt"), readingRows(t, paths))
	holdVersion(t, filepath.Join("..", "link", "version.txt"), linkRows(t, dir, paths))
}

// readingRows are the rows that reading makes of the articles, each by itself, an article a line.
func readingRows(t *testing.T, paths []string) []byte {
	t.Helper()
	var out bytes.Buffer
	for item := range source.Paths(t.Context(), paths, nil) {
		if item.Refusal != nil {
			t.Fatal(item.Refusal)
		}
		r := reading.Read(item.Article)
		if err := json.NewEncoder(&out).Encode([]any{r.Statements, r.Figures, r.Times, r.Speakers, r.Asides}); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// linkRows are the rows of the export that hold across articles.
func linkRows(t *testing.T, dir string, paths []string) []byte {
	t.Helper()
	exported, err := Export(t.Context(), dir, paths...)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := os.ReadFile(exported)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for line := range bytes.Lines(rows) {
		var row struct{ Type string }
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		switch row.Type {
		case "speaker", "copy", "story", "utterance", "measure", "dispute":
			out.Write(line)
		}
	}
	return out.Bytes()
}

// holdVersion compares the digest of rows with that of the file, or writes it there.
func holdVersion(t *testing.T, file string, rows []byte) {
	t.Helper()
	if n := bytes.Count(rows, []byte("\n")); n < 300 {
		t.Errorf("%s: only %d lines of rows are in the digest", file, n)
	}
	now := fmt.Sprintf("%.6x", sha256.Sum256(rows))
	if *update {
		if err := os.WriteFile(file, []byte(now+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if was := strings.TrimSpace(string(kept)); was != now {
		t.Errorf("%s says %s, but the digest of the rows of the invented articles is %s: a change has moved rows.\n"+
			"If it was meant to, run `go test ./eval -run Versions -update` and commit the file: the version changes with it, and\n"+
			"ledgers are read again. If it was not, look for what moved them.", file, was, now)
	}
}

// inventedArticles writes the passages and piles that the tests of reading and link are made of as articles, one a line, and returns
// the file's name. Only their texts count here, not what the tests expect of them.
func inventedArticles(t *testing.T, dir string) string {
	t.Helper()
	var out bytes.Buffer
	articles := 0
	keep := func(file, published, outlet, title string, text []string) {
		body := strings.TrimSpace(strings.Join(text, "\n"))
		if body == "" {
			return
		}
		articles++
		row := map[string]string{"id": fmt.Sprintf("%s %d", file, articles), "text": body, "title": title, "outlet": outlet, "published": published}
		if err := json.NewEncoder(&out).Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"../reading/testdata/passages.txt", "../link/testdata/coverage.txt", "../link/testdata/piles.txt", "../link/testdata/read.txt"} {
		f, err := os.Open(filepath.FromSlash(file))
		if err != nil {
			t.Fatal(err)
		}
		var text []string
		begun, published, outlet, title := false, "", "", ""
		flush := func() {
			if begun {
				keep(filepath.Base(file), published, outlet, title, text)
			}
			text, published, outlet, title = nil, "", "", ""
		}
		in := bufio.NewScanner(f)
		for in.Scan() {
			line := in.Text()
			switch mark, rest, _ := strings.Cut(line, " "); mark {
			case "##": // a passage
				flush()
				begun = true
			case "===": // a pile
				flush()
				begun = false
			case "@": // an article of a pile
				flush()
				begun = true
				day, by, _ := strings.Cut(rest, " ")
				published = day
				outlet, title, _ = strings.Cut(by, " | ")
			case "published:":
				published = rest
			case "=", ">", "~", "headline": // what is expected of it
			default:
				text = append(text, line)
			}
		}
		flush()
		f.Close()
		if err := in.Err(); err != nil {
			t.Fatal(err)
		}
	}
	name := filepath.Join(dir, "invented.jsonl")
	if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}
