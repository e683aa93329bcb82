// Package corpora opens what lies beside the repository, in a folder named shared: corpora, cases and scorers, which are not ours to publish. Tests
// of other rooms read them; the program does not. A test is skipped, and says so, where what it needs is not there.
package corpora

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// longest is how many bytes a line may have.
const longest = 64 << 20

// Path is the path of a file or folder under shared.
func Path(t testing.TB, parts ...string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(root)
		if up == root {
			t.Fatal("this test does not run in the repository")
		}
		root = up
	}
	path := filepath.Join(append([]string{root, "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s beside the repository", filepath.Join(parts...))
	}
	return path
}

// Lines are those of a file, unpacked where its name ends in .gz.
func Lines(t testing.TB, path string) *bufio.Scanner {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, longest)
	return s
}

// Rows are those of a file of JSON lines.
func Rows[T any](t testing.TB, path string) (rows []T) {
	t.Helper()
	s := Lines(t, path)
	for s.Scan() {
		var row T
		if err := json.Unmarshal(s.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		rows = append(rows, row)
	}
	if err := s.Err(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}
